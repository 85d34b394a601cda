package io.tributary.serving.snapshot;

import static io.tributary.serving.snapshot.Numbered.VIEW;

import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Checkpoint;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import java.util.ArrayList;
import java.util.List;

/** The speed layer: stamps records, holds the slices of the last two partitions, and commits with checkpoints. */
final class ModelJob {
    /** How far a checkpoint is. */
    enum Phase {
        NONE,
        PREPARED,
        COMPLETE
    }

    /**
     * What a complete checkpoint has.
     *
     * @param partitions of the records that were taken, by their numbers
     * @param stamp the newest partition
     */
    record State(Checkpoint checkpoint, List<Integer> partitions, int stamp) {
        int firstHeld() {
            return Math.max(0, stamp - 1);
        }
    }

    private final Writer writer;
    private final List<Integer> partitions;
    private int stamp;
    private long checkpoint;
    private State prepared;
    Phase phase = Phase.NONE;
    boolean inStore;
    boolean inLake;

    ModelJob(SpeedStore store, String run, State from) {
        this.partitions = new ArrayList<>(from.partitions());
        this.stamp = from.stamp();
        this.checkpoint = from.checkpoint().number();
        this.prepared = from;
        this.writer = store.writer(
                VIEW,
                WriterId.only(),
                from.checkpoint().generation() == 0
                        ? Start.empty(run)
                        : Start.resuming(run, from.checkpoint(), Numbered.partition(from.firstHeld())));
        putHeld();
    }

    int taken() {
        return partitions.size();
    }

    boolean wouldForget(int clock) {
        return clock > stamp;
    }

    /** What is about to be forgotten is put before. */
    void take(int clock) {
        if (wouldForget(clock)) {
            putHeld();
            stamp = clock;
        }
        partitions.add(stamp);
    }

    private void putHeld() {
        for (int partition = Math.max(0, stamp - 1); partition <= stamp; partition++) {
            writer.put(Numbered.ingestSlices(partition, in(partition)));
        }
    }

    void prepare() {
        State state = new State(new Checkpoint(writer.generation(), ++checkpoint), List.copyOf(partitions), stamp);
        putHeld();
        writer.prepare(checkpoint);
        prepared = state;
        phase = Phase.PREPARED;
    }

    private List<Integer> in(int partition) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < partitions.size(); number++) {
            if (partitions.get(number) == partition) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    State complete() {
        phase = Phase.COMPLETE;
        inStore = false;
        inLake = false;
        return prepared;
    }

    void commitStore() {
        writer.commit(checkpoint);
        inStore = true;
        next();
    }

    void committedLake() {
        inLake = true;
        next();
    }

    private void next() {
        if (inStore && inLake) {
            phase = Phase.NONE;
        }
    }

    /** Runs a step of a job that may have been replaced. */
    boolean survives(Runnable step) {
        try {
            step.run();
            return true;
        } catch (StaleWriterException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return partitions + "@" + stamp + "#" + checkpoint + phase + (inStore ? "s" : "") + (inLake ? "l" : "")
                + writer.generation() + prepared.partitions().size();
    }
}
