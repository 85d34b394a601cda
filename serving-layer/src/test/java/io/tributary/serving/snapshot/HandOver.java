package io.tributary.serving.snapshot;

import static io.tributary.serving.snapshot.Numbered.VIEW;

import io.tributary.serving.InMemorySpeedStore;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hand-over of one view from the speed layer to the batch layer, played along a schedule: a job and its
 * successor, a sealer, two builders and two readers. The stores, the publications and the merge are the real
 * ones; job and lake are as small as they can be.
 *
 * <p>A step that is not atomic stops at a gap, in which others move until it goes on or is gone. What two of
 * them do before their gaps touches different objects, so that the last to stop may as well be the first to go on.
 */
final class HandOver {
    private static final Instant START = Instant.parse("2023-09-07T12:00:00Z");
    static final Duration GRACE = Duration.ofHours(1);

    private final Set<Mutation> mutations;
    private final Limits limits;
    private final InMemorySpeedStore speedStore = InMemorySpeedStore.create();
    private final SpeedStore speed;
    private final GappedObjects objects;
    private final SnapshotStore snapshots;
    private final ModelLake lake = new ModelLake();
    private final List<ModelBuilder> builders;
    private final List<ModelReader> readers;
    private final List<String> speedLog = new ArrayList<>();
    private final Map<Long, Integer> takenAt = new HashMap<>();
    private final Deque<String> inGap = new ArrayDeque<>();
    private Iterator<Move> schedule = List.<Move>of().iterator();
    private ModelJob.State durable = new ModelJob.State(new Checkpoint(0, 0), List.of(), 0);
    private ModelJob job;
    private @Nullable ModelJob zombie;
    private int clock;
    private int failOvers;
    private boolean builderGone;
    private boolean gracePassed;

    /** How much may happen. */
    record Limits(int records, int partitions, int failOvers, int rounds) {
        static final Limits SMALL = new Limits(5, 3, 1, 2);
    }

    /** Ends a play in the midst of a step. */
    private static final class Over extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Over() {
            super("over", null, false, false);
        }
    }

    /** Ends an actor in the midst of a step. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone() {
            super("gone", null, false, false);
        }
    }

    /** What a play comes to: the moves that are possible from there, and a text that equal states share. */
    record Reached(Set<Move> moves, String state) {}

    HandOver(Set<Mutation> mutations, Limits limits) {
        this.mutations = mutations;
        this.limits = limits;
        this.speed = new GappedSpeedStore(speedStore, this, mutations.contains(Mutation.HOLE_AS_SUCCESS));
        this.objects = new GappedObjects(this, mutations.contains(Mutation.UNFENCED_PUBLICATION));
        this.snapshots =
                new SnapshotStore(objects, () -> gracePassed ? START.plus(GRACE.multipliedBy(2)) : START, GRACE);
        this.job = new ModelJob(speedStore, "run 1", durable);
        this.builders = List.of(new ModelBuilder(this, limits.rounds()), new ModelBuilder(this, limits.rounds()));
        this.readers = List.of(new ModelReader(this), new ModelReader(this));
    }

    boolean has(Mutation mutation) {
        return mutations.contains(mutation);
    }

    SpeedStore speed() {
        return speed;
    }

    SnapshotStore snapshots() {
        return snapshots;
    }

    ModelLake lake() {
        return lake;
    }

    int clock() {
        return clock;
    }

    boolean gracePassed() {
        return gracePassed;
    }

    void forget(Instant before) {
        speedLog.add("forget " + before);
        speedStore.forget(VIEW, before);
    }

    /** The partitions of the acknowledged records, by their numbers. */
    List<Integer> acknowledged() {
        return durable.partitions();
    }

    /** How many records the job had taken at a checkpoint. */
    int takenAt(long checkpoint) {
        return takenAt.getOrDefault(checkpoint, 0);
    }

    Reached play(List<Move> moves) {
        schedule = moves.iterator();
        try {
            goOn();
        } catch (Over e) {
            // It ended within a gap.
        }
        return new Reached(possible(), state());
    }

    /** Makes random moves, and ends by those by which everything arrives. */
    List<Move> walk(Random random, int length) {
        RandomWalk walk = new RandomWalk(random, length);
        schedule = walk;
        goOn();
        readers.get(0).checkHas(job.taken());
        return walk.made;
    }

    /** Chooses the next move when it is asked for. */
    private final class RandomWalk implements Iterator<Move> {
        private final Random random;
        private final int length;
        private final List<Move> made = new ArrayList<>();
        private int reads;

        RandomWalk(Random random, int length) {
            this.random = random;
            this.length = length;
        }

        @Override
        public boolean hasNext() {
            return made.size() < length || arrival() != null;
        }

        @Override
        public Move next() {
            Move move = made.size() < length ? anyOf(List.copyOf(possible())) : arrival();
            if (move == null) {
                throw new NoSuchElementException();
            }
            if (made.size() >= length && move == Move.FIRST_READER) {
                reads++;
            }
            made.add(move);
            return move;
        }

        private Move anyOf(List<Move> moves) {
            return moves.get(random.nextInt(moves.size()));
        }

        private @Nullable Move arrival() {
            Set<Move> moves = possible();
            for (Move move : List.of(Move.ON, Move.PREPARE, Move.COMPLETE, Move.COMMIT_LAKE, Move.COMMIT_STORE)) {
                if (moves.contains(move)) {
                    return move;
                }
            }
            return reads < 3 ? Move.FIRST_READER : null;
        }
    }

    private void goOn() {
        while (schedule.hasNext()) {
            Move move = schedule.next();
            switch (move) {
                case ON -> {
                    return;
                }
                case CRASH -> {
                    builderGone |= inGap.getLast().startsWith("builder");
                    throw new Gone();
                }
                default -> make(move);
            }
        }
        if (!inGap.isEmpty()) {
            throw new Over();
        }
    }

    /** Where others may move before the step goes on. */
    void gap(String where) {
        inGap.addLast(where);
        try {
            goOn();
        } catch (Over over) {
            throw over;
        } catch (Gone gone) {
            inGap.removeLast();
            throw gone;
        }
        inGap.removeLast();
    }

    private void make(Move move) {
        switch (move) {
            case TICK -> clock++;
            case GRACE -> gracePassed = true;
            case TAKE -> {
                if (job.wouldForget(clock)) {
                    speedLog.add("put " + job);
                }
                job.take(clock);
            }
            case PREPARE -> {
                speedLog.add("prepare " + job);
                job.prepare();
            }
            case COMPLETE -> {
                durable = job.complete();
                takenAt.put(durable.checkpoint().number(), durable.partitions().size());
            }
            case COMMIT_LAKE -> {
                lake.commit(durable);
                job.committedLake();
            }
            case COMMIT_STORE -> {
                speedLog.add("commit");
                job.commitStore();
            }
            case FAIL_OVER -> failOver();
            case ZOMBIE_COMMIT -> zombieMoves("zombie commits", ModelJob::commitStore);
            case ZOMBIE_PREPARE -> zombieMoves("zombie prepares", ModelJob::prepare);
            case SEAL -> lake.seal();
            case FIRST_BUILDER -> builders.get(0).move();
            case SECOND_BUILDER -> builders.get(1).move();
            case FIRST_READER -> readers.get(0).move();
            case SECOND_READER -> readers.get(1).move();
            case ON, CRASH -> throw new IllegalStateException("Cannot " + move + ": nobody is in the midst of a step");
        }
    }

    private void failOver() {
        failOvers++;
        zombie = job;
        speedLog.add("fail over to " + durable);
        lake.commit(durable);
        if (has(Mutation.DOUBLE_COMMIT)) {
            lake.commitAgain(durable);
        }
        job = new ModelJob(speedStore, "run " + (1 + failOvers), durable);
    }

    private void zombieMoves(String what, Consumer<ModelJob> step) {
        ModelJob old = zombie;
        if (old != null) {
            speedLog.add(what);
            if (!old.survives(() -> step.accept(old))) {
                zombie = null;
            }
        }
    }

    private Set<Move> possible() {
        Set<Move> moves = EnumSet.noneOf(Move.class);
        add(moves, Move.TICK, clock < limits.partitions());
        add(moves, Move.GRACE, !gracePassed);
        add(moves, Move.TAKE, job.taken() < limits.records());
        add(
                moves,
                Move.PREPARE,
                job.phase == ModelJob.Phase.NONE && job.taken() > acknowledged().size());
        add(moves, Move.COMPLETE, job.phase == ModelJob.Phase.PREPARED);
        add(moves, Move.COMMIT_LAKE, job.phase == ModelJob.Phase.COMPLETE && !job.inLake);
        add(moves, Move.COMMIT_STORE, job.phase == ModelJob.Phase.COMPLETE && !job.inStore);
        add(moves, Move.FAIL_OVER, failOvers < limits.failOvers());
        ModelJob old = zombie;
        add(moves, Move.ZOMBIE_COMMIT, old != null && old.phase == ModelJob.Phase.COMPLETE && !old.inStore);
        add(moves, Move.ZOMBIE_PREPARE, old != null && old.phase == ModelJob.Phase.NONE);
        add(moves, Move.SEAL, lake.canSeal());
        add(moves, Move.FIRST_BUILDER, builders.get(0).canMove());
        add(moves, Move.SECOND_BUILDER, builders.get(1).canMove());
        add(moves, Move.FIRST_READER, readers.get(0).canMove());
        add(moves, Move.SECOND_READER, readers.get(1).canMove());
        add(moves, Move.ON, !inGap.isEmpty());
        add(
                moves,
                Move.CRASH,
                !inGap.isEmpty() && !builderGone && inGap.getLast().startsWith("builder"));
        return moves;
    }

    private static void add(Set<Move> moves, Move move, boolean possible) {
        if (possible) {
            moves.add(move);
        }
    }

    /** The texts of two builders, and those of two readers, are sorted: who is who does not matter. */
    private String state() {
        NavigableSet<String> alike = new TreeSet<>();
        builders.forEach(builder -> alike.add("builder" + builder));
        String ofBuilders = alike.size() + String.valueOf(alike);
        alike.clear();
        readers.forEach(reader -> alike.add("reader" + reader));
        return String.join(
                "|",
                String.valueOf(job),
                String.valueOf(zombie),
                String.valueOf(durable),
                String.valueOf(clock),
                "" + failOvers + builderGone + gracePassed,
                String.valueOf(takenAt),
                String.valueOf(lake),
                String.valueOf(speedLog),
                ofBuilders,
                alike.size() + String.valueOf(alike),
                String.valueOf(inGap),
                objects.state());
    }
}
