package io.tributary.batch.lake;

import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Records of one schema in the partitions of a layout, as a reader sees them: what is sealed can be
 * read, and what should be there and cannot is told.
 *
 * <p>A time without a directory between two sealed partitions is taken as one without records, so seal in
 * the order of time; a partition that is lost later is found by its successor.
 *
 * @param <R> the record
 */
public interface Lake<R> {

    PartitionLayout layout();

    Schema<R> schema();

    /**
     * What can be read before a cut, and what cannot.
     *
     * @param cut a boundary of partitions
     */
    LakeContents contents(Instant cut) throws IOException;

    /**
     * The same of the partitions from an instant on. Only these are listed and read, so it costs what they cost.
     *
     * @param from a boundary of partitions, not after the cut
     */
    LakeContents contents(Instant from, Instant cut) throws IOException;

    /** The manifests before a cut, which are listed only. */
    Seals seals(Instant cut) throws IOException;

    /**
     * The files that readers see in the partitions that start before an instant, sealed or not: their bytes by
     * name. Neither empty files nor partitions without any are in it.
     */
    NavigableMap<Partition, Map<String, Long>> visible(Instant end) throws IOException;

    /** The cut behind the newest sealed partition: the latest for which all can be there. */
    Optional<Instant> newestCut() throws IOException;
}
