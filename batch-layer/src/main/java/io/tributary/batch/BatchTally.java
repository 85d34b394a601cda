package io.tributary.batch;

import io.tributary.batch.lake.LakeContents;
import java.time.Instant;
import java.util.Optional;

/**
 * What was read to build batch views. Views that are built together read a partition once. Of a lake that Firehose
 * fills, which has no manifests, only the cut is told.
 *
 * @param partitions how many sealed partitions
 * @param records how many records they have, by their manifests
 * @param bytes the size of their files; an engine that reads some columns only reads less
 * @param cut the latest cut of which views were built; empty before the first
 */
public record BatchTally(long partitions, long records, long bytes, Optional<Instant> cut) {
    static final BatchTally NONE = new BatchTally(0, 0, 0, Optional.empty());

    BatchTally plus(LakeContents read) {
        boolean isLater = cut.isEmpty() || read.cut().isAfter(cut.get());
        return new BatchTally(
                partitions + read.partitions().size(),
                records + read.records(),
                bytes + read.bytes(),
                isLater ? Optional.of(read.cut()) : cut);
    }
}
