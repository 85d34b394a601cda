package io.tributary.batch.lake;

import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** A lake by what a listing of its files tells, wherever they are. */
abstract class ListedLake<R> implements Lake<R> {
    final Listing<R> listing;
    final Sealing sealing;

    /** @param id goes into the manifests */
    ListedLake(Listing<R> listing, InstantSource clock, String id) {
        this.listing = listing;
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
     * seal it again without a change returns the manifest that is there. Only when no writer can add to it
     * any more is it to be sealed.
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

    @Override
    public Seals seals(Instant cut) throws IOException {
        return listing.seals(cut);
    }
}
