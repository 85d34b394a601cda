package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import io.tributary.view.BatchView.Hole;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the files of a lake and tells what is sealed and what is missing.
 *
 * @param parquet where Parquet copies are; null when there can be none
 */
record Listing<R>(
        LakeStorage storage,
        Manifests manifests,
        PartitionLayout layout,
        Schema<R> schema,
        @Nullable PartitionLayout parquet) {

    /** @param from {@link Instant#MIN} for the beginning */
    LakeContents between(Instant from, Instant cut) throws IOException {
        checkBoundary(cut);
        boolean whole = from.equals(Instant.MIN);
        if (!whole) {
            checkBoundary(from);
        }
        if (from.isAfter(cut)) {
            throw new IllegalArgumentException(
                    "Invalid range of partitions: from %s to %s (must not end before it starts)".formatted(from, cut));
        }
        if (from.equals(cut)) {
            return new LakeContents(cut, List.of(), List.of());
        }
        // Paths sort as their times do. Those that are never rendered may lie anywhere, and are an error.
        NavigableMap<String, Long> files =
                whole ? files(layout.root()) : files(layout.root(), layout.path(from), layout.path(cut));
        List<Partition> known = layout.list(files.keySet().stream()).stream()
                .filter(partition ->
                        partition.start().isBefore(cut) && !partition.start().isBefore(from))
                .toList();
        ParquetCopies copies = ParquetCopies.list(storage, parquet, from, cut);
        Set<String> paths = new HashSet<>();
        known.forEach(partition -> paths.add(partition.path()));
        List<SealedPartition> sealed = new ArrayList<>();
        List<Hole> holes = new ArrayList<>();
        for (Partition partition : known) {
            if (!files.containsKey(manifestOf(partition))) {
                holes.add(Seals.unsealed(partition));
                continue;
            }
            Manifests.Seal seal;
            try {
                seal = manifests.of(partition);
            } catch (IOException e) {
                FileFailure.throwUnlessOfContent(e);
                holes.add(new Hole(partition.path(), String.valueOf(e.getMessage())));
                continue;
            }
            Manifest manifest = seal.manifest();
            String previous = manifest.previous();
            if (previous != null && isFrom(from, previous) && paths.add(previous)) {
                holes.add(new Hole(previous, "it was sealed, but its directory is gone"));
            }
            ParquetCopies.Found found = copies.find(partition, seal);
            String problem = problem(partition, manifest, files, found);
            if (problem == null) {
                sealed.add(new SealedPartition(partition, manifest, strays(partition, manifest, files), found.copy()));
            } else {
                holes.add(new Hole(partition.path(), problem));
            }
        }
        unreached(known, from, cut).ifPresent(holes::add);
        return new LakeContents(cut, sealed, holes);
    }

    private boolean isFrom(Instant from, String path) {
        try {
            return from.equals(Instant.MIN) || !layout.parsePath(path).start().isBefore(from);
        } catch (IllegalArgumentException e) {
            return true; // told as a hole, whatever it is
        }
    }

    /** The manifests before a cut. */
    Seals seals(Instant cut) throws IOException {
        checkBoundary(cut);
        int levels = (int) layout.path(cut)
                .substring(layout.root().length())
                .chars()
                .filter(c -> c == '/')
                .count();
        NavigableMap<String, String> versions;
        try {
            versions = storage.versions(layout.root(), levels, Manifest.FILE_NAME);
        } catch (IOException e) {
            throw FileFailure.cannot("list", storage.describe(layout.root()), e);
        }
        NavigableMap<Partition, String> seals = new TreeMap<>();
        NavigableSet<Partition> unsealed = new TreeSet<>();
        for (Partition partition : layout.list(versions.keySet().stream())) {
            if (!partition.start().isBefore(cut)) {
                continue;
            }
            String version = versions.get(manifestOf(partition));
            if (version == null) {
                unsealed.add(partition);
            } else {
                seals.put(partition, version);
            }
        }
        return new Seals(seals, unsealed);
    }

    private void checkBoundary(Instant cut) {
        Partition next = layout.partitionOf(cut);
        if (!next.start().equals(cut)) {
            throw new IllegalArgumentException(
                    "Invalid cut: %s (must be a boundary of partitions; the nearest are %s and %s)"
                            .formatted(cut, next.start(), next.end()));
        }
    }

    /** What lies between the newest directory and the cut: nobody has said that nothing will come there. */
    private Optional<Hole> unreached(List<Partition> known, Instant from, Instant cut) {
        Partition last = layout.previous(layout.partitionOf(cut));
        if (known.isEmpty() && from.equals(Instant.MIN)) {
            return Optional.of(new Hole("up to " + last.path(), "nothing is sealed there"));
        }
        Instant reached = known.isEmpty() ? from : known.get(known.size() - 1).end();
        if (reached.equals(cut)) {
            return Optional.empty();
        }
        String first = layout.partitionOf(reached).path();
        return Optional.of(new Hole(
                first.equals(last.path()) ? first : "%s to %s".formatted(first, last.path()),
                "it is not sealed yet (seal it, or take the cut %s)".formatted(reached)));
    }

    private @Nullable String problem(
            Partition partition, Manifest manifest, Map<String, Long> files, ParquetCopies.Found found) {
        if (!manifest.partition().equals(partition.path())) {
            return "its manifest is that of " + manifest.partition();
        }
        Instant start = manifest.start();
        if (start != null && !start.equals(partition.start())) {
            return "it starts at %s by its manifest, at %s by the layout's zone %s (take the zone in which it was sealed)"
                    .formatted(start, partition.start(), layout.zone());
        }
        String other = otherSchema(manifest);
        if (other != null) {
            return other;
        }
        if (found.copy() != null) {
            return otherColumns(found.copy().columns());
        }
        String missing = missing(partition, manifest, files);
        return missing == null || found.problem() == null ? missing : "%s; %s".formatted(missing, found.problem());
    }

    private static @Nullable String missing(Partition partition, Manifest manifest, Map<String, Long> files) {
        for (LakeFile file : manifest.files()) {
            Long size = files.get(partition.path() + file.name());
            if (size == null) {
                return "its file %s is missing".formatted(file.name());
            }
            if (size != file.bytes()) {
                return "its file %s has %d bytes (its manifest says %d)".formatted(file.name(), size, file.bytes());
            }
        }
        return null;
    }

    /** Columns may be added as optional ones; none may go or change its type. */
    private @Nullable String otherSchema(Manifest manifest) {
        if (!manifest.schema().equals(schema.name())) {
            return "it holds records of %s (must be of %s)".formatted(manifest.schema(), schema.name());
        }
        return otherColumns(manifest.columns());
    }

    private @Nullable String otherColumns(Map<String, String> stored) {
        for (Column<R, ?> column : schema.columns()) {
            String type = stored.get(column.name());
            if (type == null ? column.isRequired() : !type.equals(column.type().hiveType())) {
                return type == null
                        ? "it was written without the column %s (declare it optional)".formatted(column.name())
                        : "its column %s is a %s (must be a %s)"
                                .formatted(column.name(), type, column.type().hiveType());
            }
        }
        return null;
    }

    private static List<String> strays(Partition partition, Manifest manifest, NavigableMap<String, Long> files) {
        Set<String> named = new HashSet<>();
        manifest.files().forEach(file -> named.add(file.name()));
        return visible(partition.path(), files).stream()
                .filter(name -> !named.contains(name))
                .toList();
    }

    /** The names of the files of a partition that readers see. */
    List<String> visible(Partition partition) throws IOException {
        return visible(partition.path(), files(partition.path()));
    }

    /** The bytes of the files that readers see, by partition and name. */
    NavigableMap<Partition, Map<String, Long>> visibleBefore(Instant end) throws IOException {
        NavigableMap<String, Long> files = files(layout.root());
        NavigableMap<Partition, Map<String, Long>> found = new TreeMap<>();
        for (Partition partition : layout.list(files.keySet().stream())) {
            if (!partition.start().isBefore(end)) {
                continue;
            }
            Map<String, Long> sizes = sizes(partition, files);
            if (!sizes.isEmpty()) {
                found.put(partition, sizes);
            }
        }
        return found;
    }

    /** The same of one partition. */
    Map<String, Long> visibleIn(Partition partition) throws IOException {
        return sizes(partition, files(partition.path()));
    }

    private static Map<String, Long> sizes(Partition partition, NavigableMap<String, Long> files) {
        Map<String, Long> sizes = new TreeMap<>();
        visible(partition.path(), files).forEach(name -> sizes.put(name, files.get(partition.path() + name)));
        sizes.values().removeIf(bytes -> bytes == 0);
        return sizes;
    }

    /** The names alone, by a listing of them and others. */
    static List<String> visible(String path, NavigableMap<String, Long> files) {
        return files.subMap(path, true, path + Character.MAX_VALUE, true).keySet().stream()
                .map(key -> key.substring(path.length()))
                .filter(name -> !name.isEmpty() && name.indexOf('/') < 0 && !LakeFile.isHidden(name))
                .toList();
    }

    Optional<Partition> newest() throws IOException {
        List<Partition> partitions = layout.list(files(layout.root()).keySet().stream());
        return partitions.isEmpty() ? Optional.empty() : Optional.of(partitions.get(partitions.size() - 1));
    }

    Optional<Partition> newestSealedBefore(Instant end) throws IOException {
        return newestSealed(files(layout.root()).keySet(), end);
    }

    /** Looks at a partition and those behind it only. */
    Optional<Partition> newestSealedFrom(Partition first) throws IOException {
        return newestSealed(
                files(layout.root(), first.path(), LakeStorage.behind(layout.root()))
                        .keySet(),
                Instant.MAX);
    }

    private Optional<Partition> newestSealed(Set<String> keys, Instant end) {
        List<Partition> partitions = layout.list(keys.stream());
        for (int i = partitions.size() - 1; i >= 0; i--) {
            Partition partition = partitions.get(i);
            if (partition.start().isBefore(end) && keys.contains(manifestOf(partition))) {
                return Optional.of(partition);
            }
        }
        return Optional.empty();
    }

    /** The Parquet copy of a partition, when it has one that counts. */
    @Nullable
    ParquetCopy copyOf(Partition partition, Manifests.Seal seal) throws IOException {
        return parquet == null
                ? null
                : new ParquetCopies(storage, parquet, files(parquet.path(partition.start())))
                        .find(partition, seal)
                        .copy();
    }

    static String manifestOf(Partition partition) {
        return partition.path() + Manifest.FILE_NAME;
    }

    private NavigableMap<String, Long> files(String prefix) throws IOException {
        return files(prefix, prefix, LakeStorage.behind(prefix));
    }

    private NavigableMap<String, Long> files(String prefix, String after, String before) throws IOException {
        try {
            return storage.list(prefix, after, before);
        } catch (IOException e) {
            throw FileFailure.cannot("list", storage.describe(prefix), e);
        }
    }

    /** Refuses partitions of other layouts, whose paths could lie anywhere. */
    Partition own(Partition partition) {
        if (!layout.parsePath(partition.path()).equals(partition)) {
            throw new IllegalArgumentException(
                    "Invalid partition: %s (must be one of the layout %s)".formatted(partition, layout));
        }
        return partition;
    }
}
