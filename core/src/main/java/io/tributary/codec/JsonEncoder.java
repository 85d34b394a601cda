package io.tributary.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one record after another into the same buffer. After a record that cannot be written it is as before it. */
final class JsonEncoder<R> {
    private static final JsonFactory PLAIN = factory(false);
    private static final JsonFactory ESCAPED = factory(true);

    private final List<Column<R, ?>> columns;
    private final List<SerializedString> names;
    private final JsonFactory factory;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private @Nullable JsonGenerator generator;

    /** @param names of the columns, as {@link #names} gives them */
    JsonEncoder(Schema<R> schema, List<SerializedString> names, boolean escaped) {
        this.columns = schema.columns();
        this.names = names;
        this.factory = escaped ? ESCAPED : PLAIN;
    }

    /** The names of the columns, which keep the bytes that they are written by. To be shared by encoders. */
    static List<SerializedString> names(Schema<?> schema) {
        return schema.columns().stream()
                .map(column -> new SerializedString(column.name()))
                .toList();
    }

    private static JsonFactory factory(boolean escaped) {
        JsonFactoryBuilder builder = new JsonFactoryBuilder()
                .configure(StreamWriteFeature.AUTO_CLOSE_CONTENT, false)
                .configure(JsonWriteFeature.ESCAPE_NON_ASCII, escaped);
        return builder.rootValueSeparator("").build();
    }

    /** The line with its end, in a buffer that the next call overwrites. */
    ByteArrayOutputStream encode(R row) {
        line.reset();
        boolean done = false;
        try {
            JsonGenerator json = generator;
            if (json == null) {
                json = factory.createGenerator(line);
                generator = json;
            }
            json.writeStartObject();
            for (int i = 0; i < columns.size(); i++) {
                write(json, names.get(i), columns.get(i), row);
            }
            json.writeEndObject();
            json.writeRaw('\n');
            json.flush();
            if (line.size() - 1 > JsonLines.MAX_LINE_BYTES) {
                throw new IllegalArgumentException("Cannot encode a record of %d bytes (a line has at most %d)"
                        .formatted(line.size() - 1, JsonLines.MAX_LINE_BYTES));
            }
            done = true;
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private static <R, V> void write(JsonGenerator json, SerializedString name, Column<R, V> column, R row)
            throws IOException {
        V value = WireText.value(column, row);
        if (value == null) {
            return;
        }
        json.writeFieldName(name);
        switch (column.type().jsonKind()) {
            case STRING -> json.writeString(column.type().wireText(value));
            case NUMBER -> json.writeNumber(column.type().wireText(value));
            case BOOLEAN -> json.writeBoolean((Boolean) value);
        }
    }

    /** @throws IllegalArgumentException when the record has no line */
    static <R> void check(Schema<R> schema, List<SerializedString> names, R row, boolean escaped) {
        JsonEncoder<R> encoder = new JsonEncoder<>(schema, names, escaped);
        encoder.encode(row);
        encoder.close();
    }

    /** Gives the generator's buffers back; the encoder stays usable. */
    void close() {
        JsonGenerator json = generator;
        generator = null;
        if (json != null) {
            try {
                json.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
