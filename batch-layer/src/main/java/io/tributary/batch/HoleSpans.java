package io.tributary.batch;

import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The partitions that a batch view lacks: some apart from each other, and those from an end on, which is its
 * cut when the last partition before that is there.
 */
final class HoleSpans {
    private final NavigableMap<Partition, Hole> apart;
    private final Instant end;

    private HoleSpans(NavigableMap<Partition, Hole> apart, Instant end) {
        this.apart = apart;
        this.end = end;
    }

    static HoleSpans of(PartitionLayout layout, BatchView batch) {
        NavigableMap<Partition, Hole> apart = new TreeMap<>();
        Instant end = batch.cut();
        for (Hole hole : batch.holes()) {
            Optional<Partition> one = parse(layout, hole.partition());
            if (one.isPresent()) {
                apart.put(one.get(), hole);
            } else {
                // Only the last hole is of several partitions, from the one that it names first.
                Instant start = parse(layout, hole.partition().split(" to ", 2)[0])
                        .map(Partition::start)
                        .orElse(Instant.MIN);
                end = start.isBefore(end) ? start : end;
            }
        }
        while (!apart.isEmpty() && !apart.lastKey().end().isBefore(end)) {
            Instant start =
                    Objects.requireNonNull(apart.pollLastEntry()).getKey().start();
            end = start.isBefore(end) ? start : end;
        }
        return new HoleSpans(apart, end);
    }

    private static Optional<Partition> parse(PartitionLayout layout, String path) {
        try {
            return Optional.of(layout.parsePath(path));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean contains(Partition partition) {
        return apart.containsKey(partition) || !partition.start().isBefore(end);
    }

    List<Partition> apart() {
        return new ArrayList<>(apart.keySet());
    }

    Hole holeOf(Partition partition) {
        return Objects.requireNonNull(apart.get(partition));
    }

    Instant end() {
        return end;
    }

    /** Of the first of them. */
    Instant start() {
        return apart.isEmpty() ? end : apart.firstKey().start();
    }
}
