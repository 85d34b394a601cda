package io.tributary.speed;

import io.tributary.codec.JsonLines;
import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from JSON lines, one a message. What is not a record goes to the side output {@link
 * #rejects()} with its reason, so that nothing is lost; the metrics {@code records_total} and {@code
 * rejected_records_total} add up to what was read.
 *
 * @param <R> the record
 */
public final class DecodeJson<R> extends Accepting<byte[], R> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable JsonLines<R> format;

    private DecodeJson(Schema<R> schema) {
        super(schema);
    }

    public static <R> DecodeJson<R> of(Schema<R> schema) {
        return new DecodeJson<>(schema);
    }

    @Override
    public void open(OpenContext context) {
        super.open(context);
        format = JsonLines.of(schema);
    }

    @Override
    Outcome<R> outcomeOf(byte[] line) {
        return Objects.requireNonNull(format, "open() first").decode(line);
    }
}
