package io.tributary.partition;

import java.time.Instant;
import java.util.List;

/**
 * One partition of a lake: a directory, and the interval of ingest time {@code [start, end)} whose
 * records lie there. Made by a {@link PartitionLayout}; sorts by start among those of its layout.
 *
 * @param path relative to the lake, ending in a slash: the prefix of the keys of its files
 * @param values of the partition columns, from coarse to fine; empty when the layout is not hive style
 */
public record Partition(String path, Instant start, Instant end, List<PartitionValue> values)
        implements Comparable<Partition> {
    public Partition {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "Invalid partition %s: [%s, %s) (must start before its end)".formatted(path, start, end));
        }
        values = List.copyOf(values);
    }

    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }

    @Override
    public int compareTo(Partition other) {
        return start.compareTo(other.start);
    }

    @Override
    public String toString() {
        return path;
    }
}
