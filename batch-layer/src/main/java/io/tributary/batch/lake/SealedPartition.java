package io.tributary.batch.lake;

import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import java.util.List;

/**
 * A partition to which no record can be added any more, whose files are all there in full size.
 *
 * @param strays visible files that the manifest does not name, such as a crash leaves behind; they are not counted
 */
public record SealedPartition(Partition partition, Manifest manifest, List<String> strays) {
    public SealedPartition {
        strays = List.copyOf(strays);
    }
}
