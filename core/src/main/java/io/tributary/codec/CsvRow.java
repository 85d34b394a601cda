package io.tributary.codec;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table.
 *
 * @param fields an empty one is null unless it was quoted
 * @param endsQuoted whether the last field was quoted
 * @param quotesAsText how many quotes are in fields that were not quoted
 */
record CsvRow(long line, List<@Nullable String> fields, boolean endsQuoted, int quotesAsText) {

    /** The row as CSV, with each field quoted. */
    String text() {
        return fields.stream()
                .map(field -> field == null ? "" : '"' + field.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","))
                .replace(CsvTableReader.NOT_UTF_8, '\uFFFD');
    }

    static final class Handler extends AbstractBaseCsvCallbackHandler<CsvRow> {
        private List<@Nullable String> fields = new ArrayList<>();
        private boolean lastQuoted;
        private int quotesAsText;

        @Override
        protected void handleBegin(long startingLineNumber) {
            fields = new ArrayList<>();
            quotesAsText = 0;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            lastQuoted = quoted;
            for (int i = offset; i < offset + length && !quoted; i++) {
                quotesAsText += buffer[i] == '"' ? 1 : 0;
            }
            fields.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
        }

        @Override
        protected CsvRow buildRecord() {
            return new CsvRow(getStartingLineNumber(), fields, lastQuoted, quotesAsText);
        }
    }
}
