package io.tributary.codec;

import de.siegmar.fastcsv.reader.CsvReader;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Records as a CSV table in UTF-8 (RFC 4180) with a header. Fields are found by the names in the header,
 * in any order; further columns are ignored.
 *
 * <p>An optional null is an empty field, an empty text a quoted empty field. Values are written as in
 * {@link JsonLines}. A row with too few or too many fields is rejected. Limitations: text behind a
 * closing quote ends the reading with an exception that names the line; a quote that is never closed makes one
 * rejected row of the rest.
 *
 * @param <R> the record
 */
public final class CsvTable<R> implements RecordFormat<R> {
    private static final char BOM = '\uFEFF';

    private final Schema<R> schema;

    private CsvTable(Schema<R> schema) {
        this.schema = schema;
    }

    /**
     * The table of a schema.
     *
     * @throws IllegalArgumentException when the only column is optional: a null would be an empty line, which is no row
     */
    public static <R> CsvTable<R> of(Schema<R> schema) {
        List<Column<R, ?>> columns = schema.columns();
        if (columns.size() == 1 && !columns.get(0).isRequired()) {
            throw new IllegalArgumentException(
                    "Invalid CSV table: its only column %s is optional (require it, or add a column)"
                            .formatted(columns.get(0).name()));
        }
        return new CsvTable<>(schema);
    }

    /**
     * Reads a stream, which the reader closes.
     *
     * @throws IOException when there is no header, or it lacks required columns, naming each
     */
    @Override
    public RecordReader<R> read(InputStream in) throws IOException {
        return read(in, "the CSV input");
    }

    @Override
    public RecordReader<R> read(Path file) throws IOException {
        InputStream in = FileStreams.open(file);
        try {
            return read(in, file.toString());
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private RecordReader<R> read(InputStream in, String source) throws IOException {
        // What is not UTF-8 becomes a character that no text may hold, so that its row, and no other, is rejected.
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(String.valueOf(CsvTableReader.NOT_UTF_8));
        QuoteCounter reader = new QuoteCounter(withoutBom(new InputStreamReader(in, decoder)));
        CsvReader<CsvRow> rows = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .build(new CsvRow.Handler(), reader);
        return new CsvTableReader<>(schema, rows, reader, source);
    }

    private static Reader withoutBom(Reader in) throws IOException {
        PushbackReader rest = new PushbackReader(in);
        int first = rest.read();
        if (first >= 0 && first != BOM) {
            rest.unread(first);
        }
        return rest;
    }

    @Override
    public RecordWriter<R> write(OutputStream out) throws IOException {
        return new CsvTableWriter<>(schema, out);
    }
}
