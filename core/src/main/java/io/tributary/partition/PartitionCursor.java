package io.tributary.partition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Finds the partitions of a stream of instants, and remembers the last two: instants that come roughly in
 * order cost two comparisons each, those included that come around the end of a partition by turns. For one
 * thread; get another from {@link PartitionLayout#cursor()}.
 */
public final class PartitionCursor {
    private final PartitionLayout layout;
    private @Nullable Partition last;
    private @Nullable Partition lastButOne;

    PartitionCursor(PartitionLayout layout) {
        this.layout = layout;
    }

    /** As {@link PartitionLayout#partitionOf}. */
    public Partition partitionOf(Instant instant) {
        Partition found = last;
        return found != null && found.contains(instant) ? found : another(instant);
    }

    private Partition another(Instant instant) {
        Partition remembered = lastButOne;
        Partition found = remembered != null && remembered.contains(instant) ? remembered : layout.partitionOf(instant);
        lastButOne = last;
        last = found;
        return found;
    }
}
