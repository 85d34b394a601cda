package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary directory for the files of a conversion, until closed. */
record ConversionWork(LakeStorage storage, Path directory) implements ParquetCopy.Work, AutoCloseable {

    static ConversionWork begin(LakeStorage storage) throws IOException {
        return new ConversionWork(storage, Files.createTempDirectory("tributary-compaction"));
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
        Path local;
        LakeFile found;
        try {
            local = storage.fetch(key, fetched);
        } catch (IOException e) {
            throw FileFailure.cannot("read", storage.describe(key), e);
        }
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
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
