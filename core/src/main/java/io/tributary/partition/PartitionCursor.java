package io.tributary.partition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds the partitions of a stream of instants, and remembers the last: instants that come roughly in
 * order cost two comparisons each. For one thread; get another from {@link PartitionLayout#cursor()}.
 */
public final class PartitionCursor {
    private final PartitionLayout layout;
    private @Nullable Partition last;

    PartitionCursor(PartitionLayout layout) {
        this.layout = layout;
    }

    /** As {@link PartitionLayout#partitionOf}. */
    public Partition partitionOf(Instant instant) {
        Partition found = last;
        if (found == null || !found.contains(instant)) {
            found = layout.partitionOf(instant);
            last = found;
        }
        return found;
    }
}
