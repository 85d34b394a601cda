package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.view.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Makes the Parquet copies of sealed partitions, and deletes the JSON lines that they stand for. */
record Conversion(Listing<?> listing, InstantSource clock) {
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * Until the copy's manifest is put, which is the last step, the JSON lines count and nothing else is read;
     * what an attempt has left behind goes with the next one.
     */
    ParquetCopy convert(SealedPartition sealed, ParquetCopy.Writer writer) throws IOException {
        String seal = sealOf(sealed);
        Path work = Files.createTempDirectory("tributary-compaction");
        try {
            List<Path> json = new ArrayList<>();
            for (LakeFile file : sealed.manifest().files()) {
                json.add(sound(sealed.partition().path() + file.name(), file, work));
            }
            Path parquet = work.resolve("part.parquet");
            writer.write(json, sealed.manifest().records(), parquet);
            return publish(sealed, seal, parquet);
        } finally {
            delete(work);
        }
    }

    private Path sound(String key, LakeFile expected, Path work) throws IOException {
        LakeStorage storage = listing.storage();
        Path local = storage.fetch(key, work);
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

    private ParquetCopy publish(SealedPartition sealed, String seal, Path parquet) throws IOException {
        LakeStorage storage = listing.storage();
        String directory = directoryOf(sealed.partition());
        String manifest = directory + Manifest.FILE_NAME;
        // The old manifest first: no copy of a reader's may lose its file.
        storage.delete(manifest);
        for (String key : storage.list(directory).keySet()) {
            if (!key.endsWith("/")) {
                storage.delete(key);
            }
        }
        Map<String, String> columns = new LinkedHashMap<>();
        listing.schema()
                .columns()
                .forEach(column -> columns.put(column.name(), column.type().hiveType()));
        String checksum;
        try (InputStream in = Files.newInputStream(parquet)) {
            checksum = checksum(in);
        }
        ParquetCopy copy = new ParquetCopy(
                seal,
                columns,
                "part-%s.parquet".formatted(UUID.randomUUID()),
                Files.size(parquet),
                sealed.manifest().records(),
                checksum,
                clock.instant());
        storage.putFile(directory + copy.file(), parquet);
        verify(sealed.partition(), copy);
        if (!storage.putIfAbsent(manifest, copy.toJson().getBytes(StandardCharsets.UTF_8))) {
            throw new IllegalStateException(
                    "Cannot compact %s: somebody else does so at the same time (run one compaction at a time)"
                            .formatted(sealed.partition()));
        }
        return copy;
    }

    /** Compares the Parquet file with its checksum. */
    void verify(Partition partition, ParquetCopy copy) throws IOException {
        LakeStorage storage = listing.storage();
        String key = directoryOf(partition) + copy.file();
        String found;
        try (InputStream in = storage.read(key)) {
            found = checksum(in);
        } catch (IOException e) {
            throw FileFailure.cannot("read", storage.describe(key), e);
        }
        if (!found.equals(copy.crc32c())) {
            throw new IOException("Cannot trust %s: its checksum is %s (its manifest says %s; restore it)"
                    .formatted(storage.describe(key), found, copy.crc32c()));
        }
    }

    /**
     * Deletes the JSON lines of a partition whose copy is whole and was written by then. The manifest stays.
     *
     * @return the bytes that were deleted
     */
    long expire(SealedPartition sealed, Instant writtenBy) throws IOException {
        ParquetCopy copy = sealed.parquet();
        if (copy == null || copy.writtenAt().isAfter(writtenBy)) {
            return 0;
        }
        String seal = sealOf(sealed);
        if (!seal.equals(copy.seal())) {
            throw anew(sealed);
        }
        LakeStorage storage = listing.storage();
        long bytes = 0;
        boolean verified = false;
        for (LakeFile file : sealed.manifest().files()) {
            String key = sealed.partition().path() + file.name();
            if (storage.size(key).isPresent()) {
                if (!verified) {
                    verify(sealed.partition(), copy);
                    verified = true;
                }
                storage.delete(key);
                bytes += file.bytes();
            }
        }
        return bytes;
    }

    private String sealOf(SealedPartition sealed) throws IOException {
        StoredFile file = new StoredFile(listing.storage(), Listing.manifestOf(listing.own(sealed.partition())));
        byte[] manifest = file.bytes();
        if (!file.manifest(manifest).equals(sealed.manifest())) {
            throw anew(sealed);
        }
        return Digest.of(manifest);
    }

    private static IllegalStateException anew(SealedPartition sealed) {
        return new IllegalStateException("Cannot compact %s: it was sealed anew meanwhile (look at the lake again)"
                .formatted(sealed.partition()));
    }

    String directoryOf(Partition partition) {
        PartitionLayout parquet = listing.parquet();
        if (parquet == null) {
            throw new IllegalStateException(
                    "Cannot compact a lake of the layout %s: its JSON lines are where Parquet copies would be (rename the directory)"
                            .formatted(listing.layout()));
        }
        return parquet.path(partition.start());
    }

    private static String checksum(InputStream in) throws IOException {
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            checksum.update(buffer, 0, length);
        }
        return "%08x".formatted(checksum.getValue());
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
