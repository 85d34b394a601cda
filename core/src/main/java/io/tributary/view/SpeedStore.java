package io.tributary.view;

import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the slices of recent ingest partitions: written by the speed layer, read by the serving layer.
 *
 * <p>Writers put slices provisionally and commit them with a checkpoint: what all writers of a view put
 * before it becomes visible in one step, and readers see the state as of one checkpoint. Writers that
 * start together are a generation; its first commit replaces what is there from its first partition on, so
 * whatever was put in vain is never seen. Writers of an earlier generation can change nothing any more.
 * Safe for use by several threads, but for its writers.
 */
public interface SpeedStore extends AutoCloseable {

    /** Opens a store where it is needed, such as in a task of a cluster. */
    @FunctionalInterface
    interface Factory extends Serializable {
        SpeedStore open();
    }

    /** Which of the slices that were put are read. */
    enum State {
        /** Those that were committed with the last checkpoint: an exact state. */
        COMMITTED,
        /**
         * The last that were put, for live display: some of them may be of a moment later than others, or may
         * never be committed. Where a generation has not committed yet, those that the one before committed.
         */
        PROVISIONAL
    }

    /**
     * What a store has of a view.
     *
     * @param slices merged over partitions; not to be changed, since others may read them too
     * @param newest the start of the newest partition of which slices were put; empty for none
     * @param forgottenBefore partitions that start before this are no longer kept; {@link Instant#MIN} for none
     * @param commit the last commit; empty for none
     * @param provisional whether there may be slices that were put after it
     */
    record Contents(
            List<SlicePartial> slices,
            Optional<Instant> newest,
            Instant forgottenBefore,
            Optional<Commit> commit,
            boolean provisional) {
        public Contents {
            slices = List.copyOf(slices);
        }

        /** Of a view that was never written. */
        public static Contents none() {
            return new Contents(List.of(), Optional.empty(), Instant.MIN, Optional.empty(), false);
        }
    }

    /**
     * A checkpoint that readers see.
     *
     * @param checkpoint its number
     * @param at when it was committed
     */
    record Commit(long checkpoint, Instant at) {}

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

    /**
     * Names a checkpoint across all jobs that ever wrote to a store.
     *
     * @param generation of the writers that prepared it
     * @param number the same for all of them, and greater than that of their earlier ones
     */
    record Checkpoint(long generation, long number) {}

    /**
     * What the writers that start together start from; the same for all of them.
     *
     * @param run tells their job and what it resumes; writers of another run are another generation
     * @param first the first partition that they put again as a whole; what is stored before it stays
     * @param resumed the checkpoint that they resume, which is committed if it was prepared by all; empty for none
     */
    record Start(String run, Instant first, Optional<Checkpoint> resumed) {

        /** From nothing: whatever the store has of the view will be replaced. */
        public static Start empty(String run) {
            return new Start(run, Instant.MIN, Optional.empty());
        }

        public static Start resuming(String run, Checkpoint checkpoint, Instant first) {
            return new Start(run, first, Optional.of(checkpoint));
        }
    }

    /** Puts slices of a view and commits them. For one thread. A writer that failed to put cannot go on. */
    interface Writer {
        /** The number of its generation, to be kept with the checkpoints that it prepares. */
        long generation();

        /** Replaces the slices of the same partitions and keys, provisionally. */
        void put(Collection<IngestSlice> slices);

        /**
         * Assigns all that this writer has put to a checkpoint. When it returns, that will survive until the
         * checkpoint is committed or a later one is.
         *
         * @throws StaleWriterException when this writer was replaced
         */
        void prepare(long checkpoint);

        /**
         * Shows what all writers of the generation put before a checkpoint, in one step. Any of them may do it,
         * and again; one that an earlier checkpoint comes to after a later one changes nothing.
         *
         * @throws StaleWriterException when another generation has begun
         * @throws IllegalStateException when not all of them have prepared it
         */
        void commit(long checkpoint);
    }

    /** Tells a writer that it was replaced: whatever it still has must not be stored. */
    final class StaleWriterException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        public StaleWriterException(View<?> view, WriterId writer) {
            super("Cannot write slices of view %s as writer %s: another one took its place (end this one)"
                    .formatted(view.name(), writer));
        }
    }

    /**
     * Opens a writer. It joins the writers of the same run as long as they have committed nothing, in the
     * place of one with the same index; otherwise a new generation begins with it.
     *
     * @throws IllegalStateException when slices of another definition of the view are stored
     */
    Writer writer(View<?> view, WriterId id, Start start);

    /**
     * Reads the committed slices of all partitions that start at the cut or later.
     *
     * @param range slices that make no window within it may be left out
     */
    default Contents read(View<?> view, Instant cut, TimeRange range) {
        return read(view, cut, range, State.COMMITTED);
    }

    /**
     * Reads the slices of all partitions that start at the cut or later.
     *
     * @throws IllegalStateException when they are of another definition of the view
     */
    Contents read(View<?> view, Instant cut, TimeRange range, State state);

    /** Forgets the partitions of a view that start before an instant, for good: whatever is put there is not seen. */
    void forget(View<?> view, Instant before);

    /** How many requests this store has sent again so far, as they were throttled or not carried out; 0 if it sends none. */
    default long retries() {
        return 0;
    }

    @Override
    void close();
}
