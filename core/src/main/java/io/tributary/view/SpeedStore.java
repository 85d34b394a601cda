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
 * visible together. Safe for use by several threads.
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

    /** Replaces the slices of the same partitions and keys. */
    void put(View<?> view, Collection<IngestSlice> slices);

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
