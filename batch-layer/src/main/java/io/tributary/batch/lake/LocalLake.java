package io.tributary.batch.lake;

import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lake on a local directory: records of one schema as JSON lines, in the partitions of a layout.
 *
 * <p>Only sealed partitions are read, and of them only the files that their manifests name: a file
 * that a crash has left behind is never counted. What is not sealed, or not as its manifest says, is a
 * hole and is told. A time without a directory between two sealed partitions is taken as one without
 * records, so seal in the order of time; a partition that is lost later is found by its successor.
 *
 * <p>Safe for several threads. Several processes may write, if one at a time seals a partition, after
 * the others have closed their writers.
 *
 * @param <R> the record
 */
public final class LocalLake<R> {
    private final Path root;
    private final PartitionLayout layout;
    private final Schema<R> schema;
    private final InstantSource clock;
    private final String id;
    private final Sealing sealing;

    LocalLake(Path root, PartitionLayout layout, Schema<R> schema, InstantSource clock, String id) {
        this.root = root.toAbsolutePath().normalize();
        this.layout = layout;
        this.schema = schema;
        this.clock = clock;
        this.id = id;
        this.sealing = new Sealing(this);
    }

    /** The lake in a directory, which need not be there yet. */
    public static <R> LocalLake<R> at(Path root, PartitionLayout layout, Schema<R> schema) {
        return new LocalLake<>(
                root, layout, schema, InstantSource.system(), UUID.randomUUID().toString());
    }

    /** The same lake by another clock, which ages files and dates manifests. */
    public LocalLake<R> withClock(InstantSource newClock) {
        return new LocalLake<>(root, layout, schema, newClock, UUID.randomUUID().toString());
    }

    public Path root() {
        return root;
    }

    public PartitionLayout layout() {
        return layout;
    }

    public Schema<R> schema() {
        return schema;
    }

    /** A writer with the defaults of {@link WriterOptions}. */
    public LakeWriter<R> writer() {
        return writer(WriterOptions.defaults());
    }

    /** A writer, for one thread. */
    public LakeWriter<R> writer(WriterOptions options) {
        return new LakeWriter<>(this, options, LakeWriter.FILE_SYSTEM);
    }

    /**
     * Ends a partition: its manifest names the files that are visible in it now, which may be none. To
     * seal it again without a change returns the manifest that is there.
     *
     * @throws IOException when a file cannot be read or ends within a line, or the manifest cannot be written
     * @throws IllegalStateException when it is sealed with other files
     */
    public Manifest seal(Partition partition) throws IOException {
        return sealing.seal(own(partition));
    }

    public boolean isSealed(Partition partition) {
        return sealing.isSealed(own(partition));
    }

    /** The newest partition that has a manifest. */
    public Optional<Partition> newestSealed() throws IOException {
        return sealing.newest();
    }

    /** The newest partition that has a directory, sealed or not. */
    public Optional<Partition> newestPartition() throws IOException {
        return Listing.newest(this);
    }

    /** The cut behind the newest sealed partition: the latest for which all can be there. */
    public Optional<Instant> newestCut() throws IOException {
        return newestSealed().map(Partition::end);
    }

    /**
     * What can be read before a cut, and what cannot.
     *
     * @param cut a boundary of partitions
     */
    public LakeContents contents(Instant cut) throws IOException {
        Partition next = layout.partitionOf(cut);
        if (!next.start().equals(cut)) {
            throw new IllegalArgumentException(
                    "Invalid cut: %s (must be a boundary of partitions; the nearest are %s and %s)"
                            .formatted(cut, next.start(), next.end()));
        }
        return new Listing<>(this).before(cut);
    }

    /**
     * Reads all files of a sealed partition and compares them with the checksums of its manifest.
     *
     * @throws IOException naming the first file that differs
     */
    public void verify(SealedPartition partition) throws IOException {
        for (LakeFile file : partition.manifest().files()) {
            Path path = partition.directory().resolve(file.name());
            LakeFile found = LakeFile.measure(path);
            if (!found.equals(file)) {
                throw new IOException(
                        "Cannot trust %s: it holds %s (its manifest says %s; restore it)".formatted(path, found, file));
            }
        }
    }

    Path directory(Partition partition) {
        return root.resolve(partition.path());
    }

    Path manifestOf(Partition partition) {
        return directory(partition).resolve(Manifest.FILE_NAME);
    }

    InstantSource clock() {
        return clock;
    }

    String id() {
        return id;
    }

    Sealing sealing() {
        return sealing;
    }

    Map<String, String> storedColumns() {
        Map<String, String> types = new LinkedHashMap<>();
        for (Column<R, ?> column : schema.columns()) {
            types.put(column.name(), column.type().hiveType());
        }
        return types;
    }

    Manifest manifest(Partition partition, @Nullable String previous, List<LakeFile> files) {
        long records = files.stream().mapToLong(LakeFile::records).sum();
        return new Manifest(
                partition.path(), previous, schema.name(), storedColumns(), files, records, id, clock.instant());
    }

    /** Refuses partitions of other layouts, whose paths could lie anywhere. */
    private Partition own(Partition partition) {
        if (!layout.parsePath(partition.path()).equals(partition)) {
            throw new IllegalArgumentException(
                    "Invalid partition: %s (must be one of the layout %s)".formatted(partition, layout));
        }
        return partition;
    }

    @Override
    public String toString() {
        return "%s in %s".formatted(schema.name(), root);
    }
}
