package io.tributary.serving;

import io.tributary.view.IngestSlice;
import io.tributary.view.Partial;
import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** The slices of one view in memory: by partition, then by time. Stored partials never change. A writer counts by its epoch. */
final class StoredView {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final NavigableMap<Instant, NavigableMap<Long, Map<SliceKey, Partial>>> partitions = new TreeMap<>();
    private @Nullable Instant newest;
    private Instant forgottenBefore = Instant.MIN;
    private final Map<Integer, Long> writers = new HashMap<>();
    private long epoch;

    Writer writer(View<?> view, WriterId id) {
        lock.writeLock().lock();
        try {
            writers.keySet().removeIf(index -> index >= id.count());
            epoch++;
            writers.put(id.index(), epoch);
            long mine = epoch;
            return slices -> put(view, id, mine, slices);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void put(View<?> view, WriterId id, long mine, Collection<IngestSlice> slices) {
        lock.writeLock().lock();
        try {
            if (!Objects.equals(writers.get(id.index()), mine)) {
                throw new StaleWriterException(view, id);
            }
            slices.forEach(this::put);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void put(IngestSlice slice) {
        Instant partition = slice.partition();
        if (newest == null || partition.isAfter(newest)) {
            newest = partition;
        }
        if (partition.isBefore(forgottenBefore)) {
            return; // a writer that repeats itself: a batch view covers it already
        }
        SliceKey key = slice.slice().key();
        partitions
                .computeIfAbsent(partition, start -> new TreeMap<>())
                .computeIfAbsent(key.slice(), start -> new HashMap<>())
                .put(key, slice.slice().partial());
    }

    <R> Contents read(View<R> view, Instant cut, TimeRange range) {
        Slices<R> merged = view.slices();
        lock.readLock().lock();
        try {
            for (NavigableMap<Long, Map<SliceKey, Partial>> partition :
                    partitions.tailMap(cut).values()) {
                for (Map<SliceKey, Partial> slices :
                        partition.subMap(range.firstSecond(), range.endSecond()).values()) {
                    slices.forEach((key, partial) -> merged.merge(new SlicePartial(key, partial)));
                }
            }
            return new Contents(merged.toList(), Optional.ofNullable(newest), forgottenBefore);
        } finally {
            lock.readLock().unlock();
        }
    }

    void forget(Instant before) {
        lock.writeLock().lock();
        try {
            partitions.headMap(before).clear();
            if (before.isAfter(forgottenBefore)) {
                forgottenBefore = before;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
