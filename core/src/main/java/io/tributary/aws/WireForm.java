package io.tributary.aws;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.tributary.codec.JsonLines;
import io.tributary.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * How a record goes onto a stream: its bytes and its partition key. Both are asked for once a record, so that
 * a retry sends what the first attempt sent. Safe for threads when its functions are.
 *
 * @param <R> the record
 */
public final class WireForm<R> {
    private final Function<? super R, byte[]> encoder;
    private final Function<? super R, String> partitionKey;

    private WireForm(Function<? super R, byte[]> encoder, Function<? super R, String> partitionKey) {
        this.encoder = encoder;
        this.partitionKey = partitionKey;
    }

    /** One line of JSON, as {@link JsonLines} writes it. */
    public static <R> WireForm<R> json(Schema<R> schema, Function<? super R, String> partitionKey) {
        return new WireForm<>(JsonLines.of(schema)::encode, partitionKey);
    }

    /**
     * The same line with one more field at its end, {@value Deduplicator#FIELD}: an id that no other record
     * has, by which a {@link Deduplicator} finds records that are on the stream twice. Readers that do not
     * know the field pass it by.
     */
    public static <R> WireForm<R> identifiedJson(Schema<R> schema, Function<? super R, String> partitionKey) {
        UUID run = UUID.randomUUID();
        AtomicLong next = new AtomicLong();
        return identifiedJson(schema, partitionKey, row -> run + "-" + next.getAndIncrement());
    }

    /**
     * The same, with ids that the record itself gives.
     *
     * @throws IllegalArgumentException when the schema has a column of the field's name
     */
    public static <R> WireForm<R> identifiedJson(
            Schema<R> schema, Function<? super R, String> partitionKey, Function<? super R, String> id) {
        if (schema.column(Deduplicator.FIELD).isPresent()) {
            throw new IllegalArgumentException("Invalid schema %s: it has a column %s (take the form without ids)"
                    .formatted(schema.name(), Deduplicator.FIELD));
        }
        JsonLines<R> lines = JsonLines.of(schema);
        return new WireForm<>(row -> withId(lines.encode(row), id.apply(row)), partitionKey);
    }

    /** Any bytes. */
    public static <R> WireForm<R> bytes(Function<? super R, byte[]> encoder, Function<? super R, String> partitionKey) {
        return new WireForm<>(encoder, partitionKey);
    }

    /** Puts the id before the brace that ends the line's object. */
    private static byte[] withId(byte[] line, String id) {
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(id);
        int brace = line.length - 2;
        byte[] field = ((brace == 1 ? "\"" : ",\"") + Deduplicator.FIELD + "\":\"").getBytes(StandardCharsets.UTF_8);
        byte[] end = {'"', '}', '\n'};
        byte[] whole = new byte[brace + field.length + quoted.length + end.length];
        System.arraycopy(line, 0, whole, 0, brace);
        System.arraycopy(field, 0, whole, brace, field.length);
        System.arraycopy(quoted, 0, whole, brace + field.length, quoted.length);
        System.arraycopy(end, 0, whole, whole.length - end.length, end.length);
        return whole;
    }

    byte[] encode(R row) {
        return encoder.apply(row);
    }

    String partitionKey(R row) {
        return partitionKey.apply(row);
    }
}
