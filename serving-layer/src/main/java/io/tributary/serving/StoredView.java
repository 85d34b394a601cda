package io.tributary.serving;

import io.tributary.view.IngestSlice;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore.Checkpoint;
import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.State;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One view in memory: what is committed, and beside it what each writer of the generation has put since. */
final class StoredView<R> {
    private final View<R> view;
    private final InstantSource clock;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final SlicesByPartition committed = new SlicesByPartition();
    private final Map<Integer, Seat> seats = new HashMap<>();
    private Start start = Start.empty("");
    private int count;
    private long generation;
    private boolean begun;
    private @Nullable Commit commit;
    private @Nullable Instant newest;
    private Instant forgottenBefore = Instant.MIN;

    StoredView(View<R> view, InstantSource clock) {
        this.view = view;
        this.clock = clock;
    }

    /** What a writer has put and not committed, by checkpoint. */
    private final class Seat implements Writer {
        private final WriterId id;
        private final long ofGeneration;
        private final NavigableMap<Long, SlicesByPartition> prepared = new TreeMap<>();
        private SlicesByPartition open = new SlicesByPartition();

        Seat(WriterId id) {
            this.id = id;
            this.ofGeneration = generation;
        }

        @Override
        public long generation() {
            return ofGeneration;
        }

        @Override
        public void put(Collection<IngestSlice> slices) {
            change(() -> {
                checkSeat();
                open.putAll(slices);
            });
        }

        @Override
        public void prepare(long checkpoint) {
            change(() -> {
                checkSeat();
                prepared.computeIfAbsent(checkpoint, number -> new SlicesByPartition())
                        .putAll(open, Instant.MIN);
                open = new SlicesByPartition();
            });
        }

        private void checkSeat() {
            if (seats.get(id.index()) != this) {
                throw new StaleWriterException(view, id);
            }
        }

        @Override
        public void commit(long checkpoint) {
            change(() -> {
                if (generation != ofGeneration) {
                    throw new StaleWriterException(view, id);
                }
                if (!isCommitted(checkpoint)) {
                    long ready = preparedBy(checkpoint);
                    if (ready < count) {
                        throw new IllegalStateException(
                                "Cannot commit checkpoint %d of view %s: %d of %d writers have prepared it (commit it when all have)"
                                        .formatted(checkpoint, view.name(), ready, count));
                    }
                    StoredView.this.commit(checkpoint);
                }
            });
        }

        private void addUncommitted(SlicesByPartition all) {
            prepared.values().forEach(slices -> all.putAll(slices, forgottenBefore));
            all.putAll(open, forgottenBefore);
        }
    }

    /** @throws IllegalStateException when the slices here are of another definition */
    void check(View<?> other) {
        if (other != view && !other.definitionDigest().equals(view.definitionDigest())) {
            throw new IllegalStateException(
                    "Cannot use view %s in the in-memory speed store: the slices there are of another definition of it (give the view another name)"
                            .formatted(view.name()));
        }
    }

    Writer writer(WriterId id, Start from) {
        return locked(lock.writeLock(), () -> {
            from.resumed().ifPresent(this::commitResumed);
            if (generation == 0 || begun || !start.run().equals(from.run()) || count != id.count()) {
                generation++;
                begun = false;
                start = from;
                count = id.count();
                seats.clear();
            }
            Seat seat = new Seat(id);
            seats.put(id.index(), seat);
            return seat;
        });
    }

    private void commitResumed(Checkpoint checkpoint) {
        long number = checkpoint.number();
        if (checkpoint.generation() == generation && !isCommitted(number) && preparedBy(number) == count) {
            commit(number);
        }
    }

    private boolean isCommitted(long checkpoint) {
        return begun && commit != null && commit.checkpoint() >= checkpoint;
    }

    private long preparedBy(long checkpoint) {
        return seats.values().stream()
                .filter(seat -> seat.prepared.containsKey(checkpoint))
                .count();
    }

    private void commit(long checkpoint) {
        if (!begun) {
            committed.removeFrom(start.first());
            if (newest != null && !newest.isBefore(start.first())) {
                newest = committed.newest().orElse(null);
            }
            begun = true;
        }
        for (Seat seat : seats.values()) {
            NavigableMap<Long, SlicesByPartition> done = seat.prepared.headMap(checkpoint, true);
            done.values().forEach(slices -> {
                committed.putAll(slices, forgottenBefore);
                newest = later(newest, slices);
            });
            done.clear();
        }
        commit = new Commit(checkpoint, clock.instant());
    }

    private static @Nullable Instant later(@Nullable Instant newest, SlicesByPartition slices) {
        return slices.newest()
                .filter(last -> newest == null || last.isAfter(newest))
                .orElse(newest);
    }

    Contents read(Instant cut, TimeRange range, State state) {
        Contents found = locked(lock.readLock(), () -> find(cut, range, state));
        // Partials never change: merged without the lock, they keep no writer waiting, nor the readers behind it.
        Slices<R> merged = view.slices();
        merged.mergeAll(found.slices());
        return new Contents(
                merged.toList(), found.newest(), found.forgottenBefore(), found.commit(), found.provisional());
    }

    /** What is to be read, not merged yet. */
    private Contents find(Instant cut, TimeRange range, State state) {
        SlicesByPartition since = new SlicesByPartition();
        if (state == State.PROVISIONAL && (begun || commit == null)) {
            seats.values().forEach(seat -> seat.addUncommitted(since));
        }
        List<SlicePartial> slices = new ArrayList<>();
        committed.forEach(cut, range, (partition, slice) -> {
            if (!since.contains(partition, slice.key())) {
                slices.add(slice);
            }
        });
        since.forEach(cut, range, (partition, slice) -> slices.add(slice));
        return new Contents(
                slices,
                Optional.ofNullable(later(newest, since)),
                forgottenBefore,
                Optional.ofNullable(commit),
                !since.isEmpty());
    }

    void forget(Instant before) {
        change(() -> {
            committed.removeBefore(before);
            forgottenBefore = before.isAfter(forgottenBefore) ? before : forgottenBefore;
        });
    }

    private void change(Runnable work) {
        lock.writeLock().lock();
        try {
            work.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static <T> T locked(Lock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
