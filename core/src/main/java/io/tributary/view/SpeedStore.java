package io.tributary.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the slices of recent ingest partitions: written by the speed layer, read by the serving layer.
 *
 * <p>Writes are idempotent: a slice replaces the one of the same view, partition and key, so a writer
 * that starts again from its checkpoint repeats itself without harm. What one call puts becomes
 * visible together. A writer that was replaced cannot put any more. Safe for use by several threads,
 * but for its writers.
 */
public interface SpeedStore extends AutoCloseable {

    /** Opens a store where it is needed, such as in a task of a cluster. */
    @FunctionalInterface
    interface Factory extends Serializable {
        SpeedStore open();
    }

    /**
     * What a store has of a view.
     *
     * @param slices merged over partitions; not to be changed, since others may read them too
     * @param newest the start of the newest partition that the store has ever seen of the view; empty for none
     * @param forgottenBefore partitions that start before this are no longer kept; {@link Instant#MIN} for none
     */
    record Contents(List<SlicePartial> slices, Optional<Instant> newest, Instant forgottenBefore) {
        public Contents {
            slices = List.copyOf(slices);
        }
    }

    /**
     * One of the writers that share the keys of a view among them, such as a task of a job.
     *
     * @param index which one, from 0
     * @param count how many there are
     */
    record WriterId(int index, int count) {
        public WriterId {
            if (index < 0 || index >= count) {
                throw new IllegalArgumentException(
                        "Invalid writer: %d of %d (the first must be from 0 to %d)".formatted(index, count, count - 1));
            }
        }

        /** The only writer of a view. */
        public static WriterId only() {
            return new WriterId(0, 1);
        }

        @Override
        public String toString() {
            return "%d of %d".formatted(index, count);
        }
    }

    /** Puts slices of a view. For one thread. */
    @FunctionalInterface
    interface Writer {
        /**
         * Replaces the slices of the same partitions and keys. When it fails, readers see all of them or none,
         * and they may be put again.
         *
         * @throws StaleWriterException when another writer took this one's place; nothing was put
         */
        void put(Collection<IngestSlice> slices);
    }

    /** Tells a writer that another one took its place: whatever it still has must not be stored. */
    final class StaleWriterException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        public StaleWriterException(View<?> view, WriterId writer) {
            super("Cannot put slices of view %s as writer %s: another one took its place (end this one)"
                    .formatted(view.name(), writer));
        }
    }

    /**
     * Opens a writer, which takes the place of the one that was opened with the same index before and of all
     * whose index lies beyond the count.
     */
    Writer writer(View<?> view, WriterId id);

    /**
     * Reads the slices of all partitions that start at the cut or later.
     *
     * @param range slices that make no window within it may be left out
     */
    Contents read(View<?> view, Instant cut, TimeRange range);

    /** Forgets the partitions of a view that start before an instant. */
    void forget(View<?> view, Instant before);

    @Override
    void close();
}
