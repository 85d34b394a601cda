package io.tributary.serving;

import io.tributary.view.IngestSlice;
import io.tributary.view.Partial;
import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.TimeRange;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Slices by partition, then by time, one for each key. The partials never change. */
final class SlicesByPartition {
    private final NavigableMap<Instant, NavigableMap<Long, Map<SliceKey, Partial>>> partitions = new TreeMap<>();

    void putAll(Collection<IngestSlice> slices) {
        slices.forEach(slice ->
                put(slice.partition(), slice.slice().key(), slice.slice().partial()));
    }

    /** Puts what another has of the partitions from one on. */
    void putAll(SlicesByPartition other, Instant first) {
        other.partitions
                .tailMap(first)
                .forEach((partition, times) -> times.values()
                        .forEach(ofTime -> ofTime.forEach((key, partial) -> put(partition, key, partial))));
    }

    private void put(Instant partition, SliceKey key, Partial partial) {
        partitions
                .computeIfAbsent(partition, start -> new TreeMap<>())
                .computeIfAbsent(key.slice(), start -> new HashMap<>())
                .put(key, partial);
    }

    void removeFrom(Instant partition) {
        partitions.tailMap(partition).clear();
    }

    void removeBefore(Instant partition) {
        partitions.headMap(partition).clear();
    }

    boolean isEmpty() {
        return partitions.isEmpty();
    }

    Optional<Instant> newest() {
        return partitions.isEmpty() ? Optional.empty() : Optional.of(partitions.lastKey());
    }

    boolean contains(Instant partition, SliceKey key) {
        return Objects.requireNonNullElse(partitions.get(partition), new TreeMap<Long, Map<SliceKey, Partial>>())
                .getOrDefault(key.slice(), Map.of())
                .containsKey(key);
    }

    void forEach(Instant cut, TimeRange range, BiConsumer<Instant, SlicePartial> slices) {
        partitions
                .tailMap(cut)
                .forEach((partition, times) -> times.subMap(range.firstSecond(), range.endSecond())
                        .values()
                        .forEach(ofTime -> ofTime.forEach(
                                (key, partial) -> slices.accept(partition, new SlicePartial(key, partial)))));
    }
}
