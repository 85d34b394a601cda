package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Parquet copies of a lake's partitions, by a listing of their files.
 *
 * @param layout of the copies
 * @param files with their sizes
 */
record ParquetCopies(LakeStorage storage, @Nullable PartitionLayout layout, NavigableMap<String, Long> files) {
    private static final String DIRECTORY = "transform_data/";
    private static final String WORK_DIRECTORY = "transform_work/";
    private static final String UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** Also of what a crash has left of one, hidden and with a further id. */
    private static final Pattern OWN_NAME =
            Pattern.compile("\\.?part-%1$s\\.parquet(\\.%1$s)?".formatted(UUID_PATTERN));

    /** A copy that counts, or why there is none; neither when nobody has made one. */
    record Found(@Nullable ParquetCopy copy, @Nullable String problem) {
        static final Found NONE = new Found(null, null);
    }

    /** Beside the directory of the JSON lines; null when the JSON lines are themselves there. */
    static @Nullable PartitionLayout layoutBeside(PartitionLayout json) {
        String root = json.root();
        String parent = parent(root);
        return root.equals(parent + DIRECTORY) || !json.template().startsWith(root)
                ? null
                : PartitionLayout.parse(parent + DIRECTORY + json.template().substring(root.length()))
                        .inZone(json.zone());
    }

    private static String parent(String root) {
        return root.substring(0, root.lastIndexOf('/', root.length() - 2) + 1);
    }

    /** Where engines write before it counts, beside both. */
    static String workBeside(PartitionLayout json) {
        return parent(json.root()) + WORK_DIRECTORY;
    }

    /** @param from {@link Instant#MIN} for the beginning */
    static ParquetCopies list(LakeStorage storage, @Nullable PartitionLayout layout, Instant from, Instant cut)
            throws IOException {
        if (layout == null) {
            return new ParquetCopies(storage, null, new TreeMap<>());
        }
        String after = from.equals(Instant.MIN)
                ? layout.root()
                : layout.partitionOf(from).path();
        try {
            return new ParquetCopies(storage, layout, storage.list(layout.root(), after, layout.path(cut)));
        } catch (IOException e) {
            throw FileFailure.cannot("list", storage.describe(layout.root()), e);
        }
    }

    /** @throws IOException when its manifest cannot be read now */
    Found find(Partition partition, Manifests.Seal seal) throws IOException {
        if (layout == null) {
            return Found.NONE;
        }
        String directory = layout.path(partition.start());
        String manifest = directory + Manifest.FILE_NAME;
        if (!files.containsKey(manifest)) {
            return Found.NONE;
        }
        ParquetCopy copy;
        try {
            copy = read(manifest);
        } catch (IOException e) {
            FileFailure.throwUnlessOfContent(e);
            return new Found(null, e.getMessage());
        }
        if (!copy.isOf(partition)) {
            return new Found(
                    null,
                    "in the place of its Parquet copy is that of another lake, %s (keep each lake in a directory of its own)"
                            .formatted(copy.partition()));
        }
        if (!copy.seal().equals(seal.digest())) {
            return new Found(null, "its Parquet copy is of an earlier seal");
        }
        Map<String, String> columns = seal.manifest().columns();
        if (!copy.columns().entrySet().containsAll(columns.entrySet())) {
            return new Found(
                    null,
                    "its Parquet copy has the columns %s (its manifest has %s; compact it again by that schema)"
                            .formatted(copy.columns(), columns));
        }
        String problem = problem(directory, copy);
        return problem == null ? new Found(copy, null) : new Found(null, problem);
    }

    private @Nullable String problem(String directory, ParquetCopy copy) {
        Set<String> named = new HashSet<>();
        for (ParquetCopy.File file : copy.files()) {
            named.add(file.name());
            Long size = files.get(directory + file.name());
            if (size == null || size != file.bytes()) {
                return "its Parquet copy %s has %s bytes (its manifest says %d)"
                        .formatted(file.name(), size == null ? "no" : size, file.bytes());
            }
        }
        // A table over the directory would count them.
        return below(directory)
                .filter(name -> !isHidden(name) && !named.contains(name))
                .findFirst()
                .map("beside its Parquet copy is %s, which the copy's manifest does not name (remove it)"::formatted)
                .orElse(null);
    }

    private ParquetCopy read(String manifest) throws IOException {
        byte[] bytes = new StoredFile(storage, manifest).bytes();
        try {
            return ParquetCopy.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "Cannot read manifest %s: %s".formatted(storage.describe(manifest), e.getMessage()), e);
        }
    }

    static String newName() {
        return "part-%s.parquet".formatted(UUID.randomUUID());
    }

    /**
     * What earlier attempts and seals of a partition have left where its copy is to be, the manifest first.
     *
     * @throws IllegalStateException when anything there is somebody else's
     */
    List<String> leftovers(Partition partition, String directory) throws IOException {
        List<String> own = new ArrayList<>();
        String manifest = directory + Manifest.FILE_NAME;
        if (files.containsKey(manifest)) {
            ParquetCopy copy = read(manifest);
            if (!copy.isOf(partition)) {
                throw new IllegalStateException(
                        "Cannot compact %s: in %s is the Parquet copy of another lake, %s (keep each lake in a directory of its own, whose parent no other has)"
                                .formatted(partition, storage.describe(directory), copy.partition()));
            }
            own.add(manifest);
        }
        for (String name : below(directory).toList()) {
            if (OWN_NAME.matcher(name).matches()) {
                own.add(directory + name);
            } else if (!isHidden(name)) {
                throw new IllegalStateException(
                        "Cannot compact %s: where its Parquet copy is to be is %s, which no compaction of it wrote (move it elsewhere)"
                                .formatted(partition, storage.describe(directory + name)));
            }
        }
        return own;
    }

    /** Those in directories below it, too, as engines may read them. */
    private Stream<String> below(String directory) {
        return files.subMap(directory, false, directory + Character.MAX_VALUE, true).keySet().stream()
                .filter(key -> !key.endsWith("/"))
                .map(key -> key.substring(directory.length()));
    }

    private static boolean isHidden(String name) {
        return LakeFile.isHidden(name) || name.contains("/.") || name.contains("/_");
    }
}
