package io.tributary.batch.lake;

import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Column;
import io.tributary.view.BatchView.Hole;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at the directories of a lake and tells what is sealed and what is missing. */
final class Listing<R> {
    private final LocalLake<R> lake;

    Listing(LocalLake<R> lake) {
        this.lake = lake;
    }

    LakeContents before(Instant cut) throws IOException {
        List<Partition> known = partitions(lake).stream()
                .filter(partition -> partition.start().isBefore(cut))
                .toList();
        Set<String> paths = new HashSet<>();
        known.forEach(partition -> paths.add(partition.path()));
        List<SealedPartition> sealed = new ArrayList<>();
        List<Hole> holes = new ArrayList<>();
        for (Partition partition : known) {
            Path file = lake.manifestOf(partition);
            if (!Files.exists(file)) {
                holes.add(new Hole(partition.path(), "it is not sealed"));
                continue;
            }
            Manifest manifest;
            try {
                manifest = Manifest.read(file);
            } catch (IOException e) {
                holes.add(new Hole(partition.path(), String.valueOf(e.getMessage())));
                continue;
            }
            String previous = manifest.previous();
            if (previous != null && paths.add(previous)) {
                holes.add(new Hole(previous, "it was sealed, but its directory is gone"));
            }
            String problem = problem(partition, manifest);
            if (problem == null) {
                sealed.add(new SealedPartition(partition, lake.directory(partition), manifest));
            } else {
                holes.add(new Hole(partition.path(), problem));
            }
        }
        unreached(known, cut).ifPresent(holes::add);
        return new LakeContents(cut, sealed, holes);
    }

    /** What lies between the newest directory and the cut: nobody has said that nothing will come there. */
    private Optional<Hole> unreached(List<Partition> known, Instant cut) {
        PartitionLayout layout = lake.layout();
        Partition last = layout.previous(layout.partitionOf(cut));
        if (known.isEmpty()) {
            return Optional.of(new Hole("up to " + last.path(), "nothing is sealed there"));
        }
        Partition newest = known.get(known.size() - 1);
        if (newest.equals(last)) {
            return Optional.empty();
        }
        String first = layout.next(newest).path();
        return Optional.of(new Hole(
                first.equals(last.path()) ? first : "%s to %s".formatted(first, last.path()),
                "it is not sealed yet (seal it, or take the cut %s)".formatted(newest.end())));
    }

    private @Nullable String problem(Partition partition, Manifest manifest) {
        if (!manifest.partition().equals(partition.path())) {
            return "its manifest is that of " + manifest.partition();
        }
        String other = otherSchema(manifest);
        if (other != null) {
            return other;
        }
        for (LakeFile file : manifest.files()) {
            Path path = lake.directory(partition).resolve(file.name());
            long size;
            try {
                size = Files.size(path);
            } catch (NoSuchFileException e) {
                return "its file %s is missing".formatted(file.name());
            } catch (IOException e) {
                return "its file %s cannot be read: %s".formatted(file.name(), FileFailure.reason(e));
            }
            if (size != file.bytes()) {
                return "its file %s has %d bytes (its manifest says %d)".formatted(file.name(), size, file.bytes());
            }
        }
        return null;
    }

    /** Columns may be added as optional ones; none may go or change its type. */
    private @Nullable String otherSchema(Manifest manifest) {
        if (!manifest.schema().equals(lake.schema().name())) {
            return "it holds records of %s (must be of %s)"
                    .formatted(manifest.schema(), lake.schema().name());
        }
        Map<String, String> stored = manifest.columns();
        for (Column<R, ?> column : lake.schema().columns()) {
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

    static Optional<Partition> newest(LocalLake<?> lake) throws IOException {
        List<Partition> partitions = partitions(lake);
        return partitions.isEmpty() ? Optional.empty() : Optional.of(partitions.get(partitions.size() - 1));
    }

    static Optional<Partition> newestSealed(LocalLake<?> lake) throws IOException {
        return newestSealedBefore(lake, Instant.MAX);
    }

    static Optional<Partition> newestSealedBefore(LocalLake<?> lake, Instant end) throws IOException {
        List<Partition> partitions = partitions(lake);
        for (int i = partitions.size() - 1; i >= 0; i--) {
            Partition partition = partitions.get(i);
            if (partition.start().isBefore(end) && lake.sealing().isSealed(partition)) {
                return Optional.of(partition);
            }
        }
        return Optional.empty();
    }

    /** The partitions that have a directory, in order. */
    private static List<Partition> partitions(LocalLake<?> lake) throws IOException {
        Path start = lake.root().resolve(lake.layout().root());
        if (!Files.exists(start)) {
            return List.of();
        }
        int depth = (int) lake.layout()
                .template()
                .substring(lake.layout().root().length())
                .chars()
                .filter(c -> c == '/')
                .count();
        try (Stream<Path> directories = Files.walk(start, depth)) {
            return lake.layout()
                    .list(directories
                            .filter(path -> Files.isDirectory(path))
                            .map(path -> lake.root().relativize(path).toString().replace(File.separatorChar, '/') + "/")
                            .sorted());
        } catch (UncheckedIOException e) {
            throw FileFailure.cannot("list", start, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw FileFailure.cannot("list", start, e);
        }
    }
}
