package io.tributary.speed;

import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;

/**
 * Takes the records out of what a source has decoded. What is not a record goes to the side output {@link
 * #rejects()} with its reason; the metrics are those of {@link DecodeJson}. For sources that decode by
 * themselves, so that their watermarks follow the records' own time, shard by shard.
 *
 * @param <R> the record
 */
public final class SplitOutcomes<R> extends Accepting<Outcome<R>, R> {
    private static final long serialVersionUID = 1L;

    private SplitOutcomes(Schema<R> schema) {
        super(schema);
    }

    public static <R> SplitOutcomes<R> of(Schema<R> schema) {
        return new SplitOutcomes<>(schema);
    }

    @Override
    Outcome<R> outcomeOf(Outcome<R> outcome) {
        return outcome;
    }
}
