package io.tributary.batch.lake;

import io.tributary.partition.Partition;
import java.nio.file.Path;
import java.util.List;

/**
 * A partition to which no record can be added any more, whose files are all there in full size.
 *
 * @param directory where its files are
 */
public record SealedPartition(Partition partition, Path directory, Manifest manifest) {

    public List<Path> files() {
        return manifest.files().stream()
                .map(file -> directory.resolve(file.name()))
                .toList();
    }
}
