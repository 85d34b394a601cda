package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * A lake by what a listing of its files tells, wherever they are: to seal its partitions, and to give the sealed
 * ones a Parquet copy.
 *
 * @param <R> the record
 */
public abstract sealed class ListedLake<R> implements Lake<R> permits LocalLake, S3Lake {
    final Listing<R> listing;
    final InstantSource clock;
    final Sealing sealing;

    /** @param id goes into the manifests */
    ListedLake(Listing<R> listing, InstantSource clock, String id) {
        this.listing = listing;
        this.clock = clock;
        this.sealing = new Sealing(listing, clock, id);
    }

    @Override
    public PartitionLayout layout() {
        return listing.layout();
    }

    @Override
    public Schema<R> schema() {
        return listing.schema();
    }

    /**
     * Ends a partition: its manifest names the files that are visible in it now, which may be none. To
     * seal it again without a change returns the manifest that is there, also when its lines have expired. Only
     * when no writer can add to it any more is it to be sealed.
     *
     * @throws IOException when a file cannot be read or ends within a line, or the manifest cannot be written
     * @throws IllegalStateException when it is sealed with other files
     */
    public Manifest seal(Partition partition) throws IOException {
        return sealing.seal(listing.own(partition));
    }

    public boolean isSealed(Partition partition) throws IOException {
        return sealing.isSealed(listing.own(partition));
    }

    /** The newest partition that has a manifest. */
    public Optional<Partition> newestSealed() throws IOException {
        return sealing.newest();
    }

    @Override
    public Optional<Instant> newestCut() throws IOException {
        return newestSealed().map(Partition::end);
    }

    @Override
    public LakeContents contents(Instant cut) throws IOException {
        return listing.between(Instant.MIN, cut);
    }

    @Override
    public LakeContents contents(Instant from, Instant cut) throws IOException {
        return listing.between(from, cut);
    }

    @Override
    public NavigableMap<Partition, Map<String, Long>> visible(Instant end) throws IOException {
        return listing.visibleBefore(end);
    }

    /** The same of one partition, which alone is listed. */
    public Map<String, Long> visible(Partition partition) throws IOException {
        return listing.visibleIn(listing.own(partition));
    }

    @Override
    public Seals seals(Instant cut) throws IOException {
        return listing.seals(cut);
    }

    /**
     * The layout of the Parquet copies.
     *
     * @throws IllegalStateException when there can be none, as the JSON lines lie where they would be
     */
    public PartitionLayout parquetLayout() {
        return conversion().layout();
    }

    /**
     * Gives sealed partitions Parquet copies, which are read from then on. The files of the manifests stay. For one
     * process at a time.
     *
     * @return the copies in the order of the partitions
     * @throws IllegalStateException when one was sealed anew meanwhile
     */
    public List<ParquetCopy> convert(List<SealedPartition> partitions, ParquetCopy.Writer writer) throws IOException {
        return conversion().convert(partitions, writer);
    }

    /**
     * Deletes the files of JSON lines for which a Parquet copy stands that is some time old, after a look at its
     * checksums. The manifest stays.
     *
     * @return the bytes that were deleted
     */
    public long expire(SealedPartition partition, Duration age) throws IOException {
        return conversion().expire(partition, clock.instant().minus(age));
    }

    final Conversion conversion() {
        return new Conversion(listing, clock);
    }

    /**
     * Reads all files of a sealed partition and compares them with the checksums of its manifest, or its Parquet
     * copy with the copy's.
     *
     * @throws IOException naming the first file that differs
     */
    public void verify(SealedPartition partition) throws IOException {
        ParquetCopy copy = partition.parquet();
        if (copy != null) {
            conversion().verify(partition.partition(), copy);
            return;
        }
        for (LakeFile file : partition.manifest().files()) {
            String key = partition.partition().path() + file.name();
            LakeFile found = new StoredFile(listing.storage(), key).measure();
            if (!found.equals(file)) {
                throw new IOException("Cannot trust %s: it holds %s (its manifest says %s; restore it)"
                        .formatted(listing.storage().describe(key), found, file));
            }
        }
    }
}
