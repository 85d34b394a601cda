package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What a conversion has in its hands until it is closed. */
final class ConversionWork implements ParquetCopy.Work, AutoCloseable {
    private final LakeStorage storage;
    private final Path directory;
    private final String staging;
    private boolean isStaged;

    /** @param place the directory of the lake in which the staging directories of all conversions are */
    ConversionWork(LakeStorage storage, String place) throws IOException {
        this.storage = storage;
        this.directory = Files.createTempDirectory("tributary-compaction");
        this.staging = "%s%s/".formatted(place, UUID.randomUUID());
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public String staging() {
        isStaged = true;
        return staging;
    }

    @Override
    public List<Path> json(SealedPartition partition) throws IOException {
        // Files of several partitions may have the same name.
        Path fetched = Files.createTempDirectory(directory, "json");
        List<Path> json = new ArrayList<>();
        for (LakeFile file : partition.manifest().files()) {
            json.add(sound(partition.partition().path() + file.name(), file, fetched));
        }
        return json;
    }

    private Path sound(String key, LakeFile expected, Path fetched) throws IOException {
        Path local = fetch(key, fetched);
        LakeFile found;
        try (InputStream in = Files.newInputStream(local)) {
            found = LakeFile.measure(expected.name(), in);
        } catch (IllegalArgumentException e) {
            throw new IOException("Cannot trust %s: %s".formatted(storage.describe(key), e.getMessage()), e);
        }
        if (!found.equals(expected)) {
            throw new IOException("Cannot trust %s: it holds %s (its manifest says %s; restore it)"
                    .formatted(storage.describe(key), found, expected));
        }
        return local;
    }

    @Override
    public Path fetch(String key) throws IOException {
        return fetch(key, Files.createTempDirectory(directory, "fetched"));
    }

    private Path fetch(String key, Path into) throws IOException {
        try {
            return storage.fetch(key, into);
        } catch (IOException e) {
            throw FileFailure.cannot("read", storage.describe(key), e);
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } finally {
            if (isStaged) {
                for (String key : storage.list(staging).keySet()) {
                    storage.delete(key);
                }
            }
        }
    }
}
