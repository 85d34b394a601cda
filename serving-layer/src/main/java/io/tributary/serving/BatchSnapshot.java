package io.tributary.serving;

import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.SlicePartial;
import io.tributary.view.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A batch view that finds its slices by time. Never changes. */
final class BatchSnapshot {
    private final Instant cut;
    private final List<Hole> holes;
    private final @Nullable String approximate;
    private final NavigableMap<Long, List<SlicePartial>> bySlice = new TreeMap<>();

    BatchSnapshot(BatchView batch) {
        this.cut = batch.cut();
        this.holes = batch.holes();
        this.approximate = batch.approximate();
        for (SlicePartial slice : batch.slices()) {
            bySlice.computeIfAbsent(slice.key().slice(), key -> new ArrayList<>())
                    .add(slice);
        }
    }

    Instant cut() {
        return cut;
    }

    List<Hole> holes() {
        return holes;
    }

    Optional<String> approximate() {
        return Optional.ofNullable(approximate);
    }

    List<SlicePartial> slicesIn(TimeRange range) {
        List<SlicePartial> slices = new ArrayList<>();
        bySlice.subMap(range.firstSecond(), range.endSecond()).values().forEach(slices::addAll);
        return slices;
    }
}
