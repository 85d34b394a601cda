package io.tributary.batch.lake;

import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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
public final class LocalLake<R> extends ListedLake<R> {
    private final Path root;

    private LocalLake(Path root, Listing<R> listing, InstantSource clock, String id) {
        super(listing, clock, id);
        this.root = root;
    }

    LocalLake(Path root, PartitionLayout layout, Schema<R> schema, InstantSource clock, String id) {
        this(
                root.toAbsolutePath().normalize(),
                new LocalStorage(root.toAbsolutePath().normalize(), clock),
                layout,
                schema,
                clock,
                id);
    }

    LocalLake(
            Path root, LakeStorage storage, PartitionLayout layout, Schema<R> schema, InstantSource clock, String id) {
        this(
                root,
                new Listing<>(storage, new Manifests(storage), layout, schema, ParquetCopies.layoutBeside(layout)),
                clock,
                id);
    }

    /** The lake in a directory, which need not be there yet. */
    public static <R> LocalLake<R> at(Path root, PartitionLayout layout, Schema<R> schema) {
        return new LocalLake<>(
                root, layout, schema, InstantSource.system(), UUID.randomUUID().toString());
    }

    /** The same lake by another clock, which ages files and dates manifests. */
    public LocalLake<R> withClock(InstantSource newClock) {
        return new LocalLake<>(root, listing, newClock, UUID.randomUUID().toString());
    }

    public Path root() {
        return root;
    }

    /** A writer with the defaults of {@link WriterOptions}. */
    public LakeWriter<R> writer() {
        return writer(WriterOptions.defaults());
    }

    /** A writer, for one thread. */
    public LakeWriter<R> writer(WriterOptions options) {
        return new LakeWriter<>(this, options, LakeWriter.FILE_SYSTEM);
    }

    /** The newest partition that has a directory, sealed or not. */
    public Optional<Partition> newestPartition() throws IOException {
        return listing.newest();
    }

    /** The files of JSON lines that are read. */
    public List<Path> files(LakeContents contents) {
        return contents.partitions().stream()
                .filter(partition -> partition.parquet() == null)
                .flatMap(partition -> partition.manifest().files().stream()
                        .map(file -> directory(partition.partition()).resolve(file.name())))
                .toList();
    }

    /** The Parquet files that are read, by the names of the columns that they have. */
    public Map<Set<String>, List<Path>> parquetFiles(LakeContents contents) {
        Map<Set<String>, List<Path>> files = new LinkedHashMap<>();
        for (SealedPartition partition : contents.partitions()) {
            ParquetCopy copy = partition.parquet();
            if (copy != null) {
                Path directory = root.resolve(conversion().directoryOf(partition.partition()));
                copy.files()
                        .forEach(file -> files.computeIfAbsent(copy.columns().keySet(), columns -> new ArrayList<>())
                                .add(directory.resolve(file.name())));
            }
        }
        return files;
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

    Sealing sealing() {
        return sealing;
    }

    @Override
    public String toString() {
        return "%s in %s".formatted(schema().name(), root);
    }
}
