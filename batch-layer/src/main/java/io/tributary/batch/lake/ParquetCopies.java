package io.tributary.batch.lake;

import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
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
    static ParquetCopies list(LakeStorage storage, @Nullable PartitionLayout layout, Instant from) throws IOException {
        if (layout == null) {
            return new ParquetCopies(storage, null, new TreeMap<>());
        }
        String after = from.equals(Instant.MIN)
                ? layout.root()
                : layout.partitionOf(from).path();
        try {
            return new ParquetCopies(storage, layout, storage.list(layout.root(), after));
        } catch (IOException e) {
            throw FileFailure.cannot("list", storage.describe(layout.root()), e);
        }
    }

    Found find(Partition partition, Manifests.Seal seal) {
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
            copy = ParquetCopy.parse(new StoredFile(storage, manifest).bytes());
        } catch (IOException e) {
            return new Found(null, e.getMessage());
        } catch (IllegalArgumentException e) {
            return new Found(null, "Cannot read manifest %s: %s".formatted(storage.describe(manifest), e.getMessage()));
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
        return Listing.visible(directory, files).stream()
                .filter(name -> !named.contains(name))
                .findFirst()
                .map("beside its Parquet copy is %s, which the copy's manifest does not name (remove it)"::formatted)
                .orElse(null);
    }
}
