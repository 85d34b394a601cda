package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Seals the partitions of a lake, and keeps this process' writers out of them: both happen under one lock. */
final class Sealing {
    private final Listing<?> listing;
    private final LakeStorage storage;
    private final InstantSource clock;
    private final String writer;
    private final Object lock = new Object();
    private @Nullable Partition newest;

    /** @param writer goes into the manifests */
    Sealing(Listing<?> listing, InstantSource clock, String writer) {
        this.listing = listing;
        this.storage = listing.storage();
        this.clock = clock;
        this.writer = writer;
    }

    boolean isSealed(Partition partition) throws IOException {
        String key = Listing.manifestOf(partition);
        try {
            return storage.size(key).isPresent();
        } catch (IOException e) {
            throw FileFailure.cannot("look for manifest", storage.describe(key), e);
        }
    }

    Manifest seal(Partition partition) throws IOException {
        synchronized (lock) {
            List<LakeFile> files = visibleFiles(partition);
            if (isSealed(partition)) {
                return sealedAlready(partition, files);
            }
            Optional<Partition> before = newest();
            boolean isNewest = before.isEmpty() || before.get().compareTo(partition) < 0;
            if (!isNewest) {
                before = listing.newestSealedBefore(partition.start());
            }
            Manifest manifest = Manifest.of(
                    listing.schema(),
                    partition,
                    before.map(Partition::path).orElse(null),
                    files,
                    new Manifest.Writer(writer, 0),
                    clock.instant());
            if (!put(manifest, partition)) {
                return sealedAlready(partition, files);
            }
            if (isNewest) {
                newest = partition;
            }
            return manifest;
        }
    }

    private Manifest sealedAlready(Partition partition, List<LakeFile> files) throws IOException {
        Manifests.Seal seal = listing.manifests().of(partition);
        Manifest there = seal.manifest();
        boolean isUnchanged = there.files().equals(files)
                || there.files().containsAll(files) && listing.copyOf(partition, seal) != null;
        if (!isUnchanged) {
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

    /** Others may have sealed more since: what was the newest only tells from where on to look. */
    Optional<Partition> newest() throws IOException {
        synchronized (lock) {
            Partition known = newest;
            Optional<Partition> found = known == null ? Optional.empty() : listing.newestSealedFrom(known);
            if (found.isEmpty()) {
                found = listing.newestSealedBefore(Instant.MAX);
            }
            newest = found.orElse(null);
            return found;
        }
    }

    /**
     * Makes a finished local file visible.
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

    /**
     * Deletes files, as far as they are there.
     *
     * @throws IllegalStateException when a partition is sealed; nothing is deleted then
     */
    void discard(Set<Partition> partitions, List<Path> files) throws IOException {
        synchronized (lock) {
            for (Partition partition : partitions) {
                if (isSealed(partition)) {
                    throw new IllegalStateException(
                            "Cannot discard files of %s: it is sealed (they count only if its manifest names them)"
                                    .formatted(partition));
                }
            }
            for (Path file : files) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw FileFailure.cannot("delete", file, e);
                }
            }
        }
    }

    IllegalStateException sealed(Partition partition) {
        return new IllegalStateException(
                "Cannot write to %s: it is sealed (give the record a later ingest time)".formatted(partition));
    }

    private List<LakeFile> visibleFiles(Partition partition) throws IOException {
        List<LakeFile> measured = new ArrayList<>();
        for (String name : listing.visible(partition)) {
            measured.add(new StoredFile(storage, partition.path() + name).measure());
        }
        return measured;
    }

    private boolean put(Manifest manifest, Partition partition) throws IOException {
        String key = Listing.manifestOf(partition);
        try {
            return storage.putIfAbsent(key, manifest.toJson().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw FileFailure.cannot("write manifest", storage.describe(key), e);
        }
    }
}
