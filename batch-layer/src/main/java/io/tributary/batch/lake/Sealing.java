package io.tributary.batch.lake;

import io.tributary.partition.Partition;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Seals the partitions of a lake, and keeps writers out of them: both happen under one lock. */
final class Sealing {
    private final LocalLake<?> lake;
    private final Object lock = new Object();
    private @Nullable Partition newest;

    Sealing(LocalLake<?> lake) {
        this.lake = lake;
    }

    boolean isSealed(Partition partition) {
        return Files.exists(lake.manifestOf(partition));
    }

    Manifest seal(Partition partition) throws IOException {
        synchronized (lock) {
            List<LakeFile> files = visibleFiles(lake.directory(partition));
            Path file = lake.manifestOf(partition);
            if (Files.exists(file)) {
                return sealedAlready(partition, file, files);
            }
            Optional<Partition> before = newest();
            boolean isNewest = before.isEmpty() || before.get().compareTo(partition) < 0;
            if (!isNewest) {
                before = Listing.newestSealedBefore(lake, partition.start());
            }
            Manifest manifest =
                    lake.manifest(partition, before.map(Partition::path).orElse(null), files);
            write(manifest, file);
            if (isNewest) {
                newest = partition;
            }
            return manifest;
        }
    }

    private static Manifest sealedAlready(Partition partition, Path file, List<LakeFile> files) throws IOException {
        Manifest there = Manifest.read(file);
        if (!there.files().equals(files)) {
            List<LakeFile> others = new ArrayList<>(files);
            others.removeAll(there.files());
            throw new IllegalStateException(
                    "Cannot seal %s: it was sealed at %s with %d files, now there are %d (%s; write to a later partition)"
                            .formatted(
                                    partition,
                                    there.sealedAt(),
                                    there.files().size(),
                                    files.size(),
                                    others.isEmpty()
                                            ? "some are gone"
                                            : "new is " + others.get(0).name()));
        }
        return there;
    }

    Optional<Partition> newest() throws IOException {
        synchronized (lock) {
            Partition known = newest;
            if (known == null || !isSealed(known)) {
                newest = Listing.newestSealed(lake).orElse(null);
            }
            return Optional.ofNullable(newest);
        }
    }

    /**
     * Makes a finished file visible.
     *
     * @throws IllegalStateException when the partition is sealed
     */
    void publish(@Nullable Partition partition, Path hidden, Path visible) throws IOException {
        synchronized (lock) {
            if (partition != null && isSealed(partition)) {
                throw sealed(partition);
            }
            Files.move(hidden, visible, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    IllegalStateException sealed(Partition partition) {
        return new IllegalStateException(
                "Cannot write to %s: it is sealed (give the record a later ingest time)".formatted(partition));
    }

    private static List<LakeFile> visibleFiles(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        List<Path> visible;
        try (Stream<Path> files = Files.list(directory)) {
            visible = files.filter(Files::isRegularFile)
                    .filter(file -> !LakeFile.isHidden(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw FileFailure.cannot("list", directory, e);
        }
        List<LakeFile> measured = new ArrayList<>(visible.size());
        for (Path file : visible) {
            measured.add(LakeFile.measure(file));
        }
        return measured;
    }

    private static void write(Manifest manifest, Path file) throws IOException {
        Path directory = file.resolveSibling("");
        Path hidden = file.resolveSibling("." + Manifest.FILE_NAME + "." + UUID.randomUUID());
        try {
            Files.createDirectories(directory);
            Files.write(hidden, manifest.toJson().getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
            try (FileChannel channel = FileChannel.open(hidden, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(hidden);
            throw FileFailure.cannot("write manifest", file, e);
        }
    }
}
