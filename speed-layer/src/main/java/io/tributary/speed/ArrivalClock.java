package io.tributary.speed;

import java.io.Serializable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * Tells when a record arrives.
 *
 * @param <R> the record
 */
public sealed interface ArrivalClock<R> extends Serializable {

    /** Reads an ingest time from a record. */
    @FunctionalInterface
    interface IngestTime<R> extends Function<R, Instant>, Serializable {}

    /** A record arrives when a task sees it, by the clock of the task. Time goes on without records, too. */
    record OfTask<R>(InstantSource source) implements ArrivalClock<R> {
        public OfTask {
            if (!(source instanceof Serializable)) {
                throw new IllegalArgumentException(
                        "Invalid clock: %s (must be serializable, as it goes to the tasks)".formatted(source));
            }
        }
    }

    /**
     * A record says when it arrived, as in a replay. Its clock has one hand: one task stamps all records, time
     * goes on with records only, and a record of an earlier time gets the partition that is open.
     */
    record OfRecord<R>(IngestTime<R> time) implements ArrivalClock<R> {}

    /** The machine's clock. */
    static <R> ArrivalClock<R> system() {
        return of(InstantSource.system());
    }

    /**
     * The clock of each task.
     *
     * @param source must be serializable
     */
    static <R> ArrivalClock<R> of(InstantSource source) {
        return new OfTask<>(source);
    }

    /** The time that a record tells. */
    static <R> ArrivalClock<R> replayed(IngestTime<R> time) {
        return new OfRecord<>(time);
    }
}
