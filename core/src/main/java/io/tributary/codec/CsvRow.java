package io.tributary.codec;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a row; an empty field is null unless it was quoted. */
record CsvRow(long line, List<@Nullable String> fields) {

    /** The row as CSV, with each field quoted. */
    String text() {
        return fields.stream()
                .map(field -> field == null ? "" : '"' + field.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","))
                .replace(CsvTableReader.NOT_UTF_8, '\uFFFD');
    }

    static final class Handler extends AbstractBaseCsvCallbackHandler<CsvRow> {
        private List<@Nullable String> fields = new ArrayList<>();

        @Override
        protected void handleBegin(long startingLineNumber) {
            fields = new ArrayList<>();
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            fields.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
        }

        @Override
        protected CsvRow buildRecord() {
            return new CsvRow(getStartingLineNumber(), fields);
        }
    }
}
