package io.tributary.speed;

import io.tributary.config.Limits;
import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How long the slices of an ingest partition are kept for further records.
 *
 * @param retention how far, in ingest time, the newest partition may be ahead of one that is kept
 * @param forgotten what becomes of a record of a partition that is not: it cannot be stored, since the slice
 *     it would make is smaller than the one that it would replace
 */
public record IngestOptions(Duration retention, Forgotten forgotten) implements Serializable {

    public IngestOptions {
        Limits.check().atLeast("retention", retention, Duration.ZERO).enforce();
    }

    /** Two days, then dropped and counted. */
    public static IngestOptions defaults() {
        return new IngestOptions(Duration.ofDays(2), Forgotten.DROP);
    }

    public IngestOptions withRetention(Duration newRetention) {
        return new IngestOptions(newRetention, forgotten);
    }

    /** The first partition that is kept when this one is the newest, both in milliseconds. */
    long firstKept(long newest) {
        long kept = Durations.millis(retention);
        return newest > Long.MIN_VALUE + kept ? newest - kept : Long.MIN_VALUE;
    }

    /** Forgets nothing, so for bounded inputs only. */
    public IngestOptions withUnlimitedRetention() {
        return withRetention(ChronoUnit.FOREVER.getDuration());
    }

    public IngestOptions withForgotten(Forgotten newForgotten) {
        return new IngestOptions(retention, newForgotten);
    }
}
