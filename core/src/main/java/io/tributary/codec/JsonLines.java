package io.tributary.codec;

import com.fasterxml.jackson.core.io.SerializedString;
import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON lines: one object a line, the schema's wire names in its order, ended by {@code '\n'}.
 *
 * <p>Reading takes {@code '\r\n'} too, skips blank lines and a byte order mark, and passes unknown fields
 * by. A null optional value is not written, and is read whether absent or null. Decimals are exact in
 * both directions. Limits: a line of {@link #MAX_LINE_BYTES}, objects nested 1,000 deep. What is read can be
 * written: a line is rejected, too, whose record would be written as a longer one.
 *
 * @param <R> the record
 */
public final class JsonLines<R> implements RecordFormat<R> {
    /** The longest line that is read or written, without its end. */
    public static final int MAX_LINE_BYTES = 1 << 20;

    private final Schema<R> schema;
    private final boolean escaped;
    private final List<SerializedString> names;
    private final JsonDecoder<R> decoder;
    /** For whoever encodes a single record next. */
    private final AtomicReference<@Nullable JsonEncoder<R>> idle = new AtomicReference<>();

    private JsonLines(Schema<R> schema, boolean escaped) {
        this.schema = schema;
        this.escaped = escaped;
        this.names = JsonEncoder.names(schema);
        this.decoder = new JsonDecoder<>(schema, names, escaped);
    }

    /** Writes plain UTF-8; reads plain and escaped text. */
    public static <R> JsonLines<R> of(Schema<R> schema) {
        return new JsonLines<>(schema, false);
    }

    /** The same format, but all text beyond ASCII is written as {@code \}{@code uXXXX}. */
    public JsonLines<R> escaped() {
        return new JsonLines<>(schema, true);
    }

    /**
     * One line, with its end.
     *
     * @throws IllegalArgumentException when the record lacks a required value, has one outside its type's
     *     limits, or is too long
     */
    public byte[] encode(R row) {
        JsonEncoder<R> kept = idle.getAndSet(null);
        JsonEncoder<R> encoder = kept == null ? new JsonEncoder<>(schema, names, escaped) : kept;
        try {
            return encoder.encode(row).toByteArray();
        } finally {
            idle.set(encoder);
        }
    }

    /** Reads one line, with or without its end. Its rejection has line 0. */
    public Outcome<R> decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /** Reads one line, with or without its end. Its rejection has line 0. */
    public Outcome<R> decode(byte[] bytes, int offset, int length) {
        return decoder.decode(bytes, offset, length, 0, false);
    }

    @Override
    public RecordReader<R> read(InputStream in) {
        return new JsonLinesReader<>(decoder, in);
    }

    @Override
    public RecordWriter<R> write(OutputStream out) {
        return new JsonLinesWriter<>(new JsonEncoder<>(schema, names, escaped), out);
    }
}
