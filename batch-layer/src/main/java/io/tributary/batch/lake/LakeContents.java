package io.tributary.batch.lake;

import io.tributary.view.BatchView.Hole;
import java.time.Instant;
import java.util.List;

/**
 * What a lake holds before a cut: all that can be read, and all that should be there and cannot.
 *
 * @param cut a boundary of partitions
 * @param partitions the sealed ones, in order
 * @param holes the others, in order
 */
public record LakeContents(Instant cut, List<SealedPartition> partitions, List<Hole> holes) {
    public LakeContents {
        partitions = List.copyOf(partitions);
        holes = List.copyOf(holes);
    }

    public long records() {
        return partitions.stream()
                .mapToLong(partition -> partition.manifest().records())
                .sum();
    }

    /** The size of what is read of them. */
    public long bytes() {
        return partitions.stream().mapToLong(SealedPartition::bytes).sum();
    }
}
