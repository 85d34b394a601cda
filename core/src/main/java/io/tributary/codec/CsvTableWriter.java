package io.tributary.codec;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class CsvTableWriter<R> extends RecordWriter<R> {
    private static final int BUFFER_CHARS = 1 << 16;

    private final List<Column<R, ?>> columns;
    private final CsvWriter writer;

    CsvTableWriter(Schema<R> schema, OutputStream out) throws IOException {
        this.columns = schema.columns();
        this.writer = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .bufferSize(BUFFER_CHARS)
                .build(out);
        writeFields(columns.stream().map(Column::name).toArray(String[]::new));
    }

    @Override
    void append(R row) throws IOException {
        @Nullable String[] fields = new @Nullable String[columns.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = text(columns.get(i), row);
        }
        writeFields(fields);
    }

    private static <R, V> @Nullable String text(Column<R, V> column, R row) {
        V value = WireText.value(column, row);
        return value == null ? null : column.type().wireText(value);
    }

    private void writeFields(@Nullable String[] fields) throws IOException {
        try {
            writer.writeRecord(Arrays.asList(fields));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void flush() throws IOException {
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
