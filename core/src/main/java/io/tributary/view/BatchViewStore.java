package io.tributary.view;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the newest snapshot of each batch view: published by the batch layer, read by the serving layer.
 *
 * <p>A snapshot is published in one step: a reader finds the one before it or this one, whole. Of several
 * builders who began at the same snapshot one succeeds, and no cut goes back. What is torn or of
 * another definition is refused, never served. Safe for several threads and processes.
 */
public interface BatchViewStore {

    /**
     * The newest snapshot; empty when none was published.
     *
     * @throws IOException when it cannot be read, or is not as it was published
     * @throws IllegalStateException when it is of another definition of the view
     */
    Optional<BatchViewSnapshot> newest(View<?> view) throws IOException;

    /** The epoch of the newest snapshot, by which a reader knows a newer one; 0 when none was published. */
    long epoch(View<?> view) throws IOException;

    /**
     * The earliest cut of all snapshots that a reader may still hold: the newest, and those before it that are
     * not cleaned up yet. {@link Instant#MIN} when none was published.
     */
    Instant leastCut(View<?> view) throws IOException;

    /**
     * Begins to build: what is published by others from now on makes the publication fail.
     *
     * @throws IOException when what is there cannot be read
     * @throws IllegalStateException when what is there is of another definition of the view
     */
    Publication begin(View<?> view) throws IOException;

    /**
     * Begins to build, to replace whatever is there: a snapshot of another definition, even one that cannot be
     * read. Its cut may not lie behind the new one's, as far as it is known.
     */
    Publication beginAnew(View<?> view) throws IOException;

    /** A snapshot in the making. For one thread, and one snapshot. */
    interface Publication {
        /** What was the newest as this one began; empty when there was none. */
        Optional<BatchViewSnapshot> previous() throws IOException;

        /**
         * Makes a snapshot the newest.
         *
         * @return its epoch: a number greater than those of all before it
         * @throws StaleBuilderException when another one was published meanwhile, by this publication or another
         *     one; nothing was
         * @throws IllegalStateException when it is of another definition than the view, or its cut lies before the
         *     newest one's
         * @throws IOException when it may not have been published; begin again
         */
        long publish(BatchViewSnapshot snapshot) throws IOException;
    }

    /** Tells a builder that another one was faster: what it built must not be published. */
    final class StaleBuilderException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        public StaleBuilderException(String view, long began, long now) {
            super(
                    "Cannot publish the snapshot of view %s: it was begun at epoch %d, another builder has published epoch %d (begin again)"
                            .formatted(view, began, now));
        }
    }
}
