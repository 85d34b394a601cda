package io.tributary.batch;

import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The partitions that a batch view lacks: some apart from each other, and those from an end on, which is its
 * cut when the last partition before that is there.
 */
final class HoleSpans {
    private final NavigableSet<Partition> apart;
    private final Instant end;

    private HoleSpans(NavigableSet<Partition> apart, Instant end) {
        this.apart = apart;
        this.end = end;
    }

    static HoleSpans of(PartitionLayout layout, BatchView batch) {
        NavigableSet<Partition> apart = new TreeSet<>();
        Instant end = batch.cut();
        for (Hole hole : batch.holes()) {
            Optional<Partition> one = parse(layout, hole.partition());
            if (one.isPresent()) {
                apart.add(one.get());
            } else {
                // Only the last hole is of several partitions, from the one that it names first.
                Instant start = parse(layout, hole.partition().split(" to ", 2)[0])
                        .map(Partition::start)
                        .orElse(Instant.MIN);
                end = start.isBefore(end) ? start : end;
            }
        }
        while (!apart.isEmpty() && !apart.last().end().isBefore(end)) {
            Instant start = Objects.requireNonNull(apart.pollLast()).start();
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
        return apart.contains(partition) || !partition.start().isBefore(end);
    }

    NavigableSet<Partition> apart() {
        return new TreeSet<>(apart);
    }

    /** Of the first of them. */
    Instant start() {
        return apart.isEmpty() ? end : apart.first().start();
    }
}
