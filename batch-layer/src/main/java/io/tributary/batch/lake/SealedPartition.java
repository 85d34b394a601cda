package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A partition to which no record can be added any more, whose files are all there in full size.
 *
 * @param strays visible files that the manifest does not name, such as a crash leaves behind; they are not counted
 * @param parquet its Parquet copy, which is then read instead of the files of the manifest, that may be gone
 */
public record SealedPartition(
        Partition partition,
        Manifest manifest,
        List<String> strays,
        @Nullable ParquetCopy parquet) {
    public SealedPartition {
        strays = List.copyOf(strays);
    }

    /** One that is read as the files of its manifest. */
    public SealedPartition(Partition partition, Manifest manifest, List<String> strays) {
        this(partition, manifest, strays, null);
    }

    /** The size of what is read of it. */
    public long bytes() {
        return parquet != null
                ? parquet.bytes()
                : manifest.files().stream().mapToLong(LakeFile::bytes).sum();
    }
}
