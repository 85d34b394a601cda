package io.tributary.batch.lake;

import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes the Parquet copies of sealed partitions, and deletes the JSON lines that they stand for. */
record Conversion(Listing<?> listing, InstantSource clock) {

    /**
     * Until a copy's manifest is put, which is the last step, the JSON lines count and nothing else is read;
     * what an attempt has left behind goes with the next one.
     */
    List<ParquetCopy> convert(List<SealedPartition> partitions, ParquetCopy.Writer writer) throws IOException {
        List<Manifests.Seal> seals = new ArrayList<>();
        for (SealedPartition sealed : partitions) {
            Manifests.Seal seal = sealOf(sealed);
            checkColumns(sealed.partition(), seal.manifest());
            seals.add(seal);
        }
        try (ConversionWork work = new ConversionWork(listing.storage(), ParquetCopies.workBeside(listing.layout()))) {
            Map<Partition, List<Path>> written = writer.write(partitions, work);
            List<ParquetCopy> copies = new ArrayList<>();
            for (int i = 0; i < seals.size(); i++) {
                SealedPartition sealed = partitions.get(i);
                copies.add(publish(sealed, seals.get(i), written.getOrDefault(sealed.partition(), List.of())));
            }
            return copies;
        }
    }

    /** A copy of fewer columns would lose what the lines have, once they have expired. */
    private void checkColumns(Partition partition, Manifest manifest) {
        manifest.columnBeyond(listing.schema()).ifPresent(column -> {
            throw new IllegalStateException(
                    "Cannot compact %s: it was sealed with the column %s, which the schema %s has not, or has as another type (take the schema by which it was sealed)"
                            .formatted(partition, column, listing.schema().name()));
        });
    }

    private ParquetCopy publish(SealedPartition sealed, Manifests.Seal seal, List<Path> parquet) throws IOException {
        if (!sealOf(sealed).digest().equals(seal.digest())) {
            throw anew(sealed);
        }
        LakeStorage storage = listing.storage();
        String directory = directoryOf(sealed.partition());
        ParquetCopies there = new ParquetCopies(storage, layout(), storage.list(directory));
        ParquetCopy meanwhile = there.find(sealed.partition(), seal).copy();
        if (meanwhile != null) {
            // Somebody else's; it must stay, since the lines may be gone by now.
            verify(sealed.partition(), meanwhile);
            return meanwhile;
        }
        // The old manifest first: no copy of a reader's may lose its file.
        for (String key : there.leftovers(sealed.partition(), directory)) {
            storage.delete(key);
        }
        List<ParquetCopy.File> files = new ArrayList<>();
        for (Path local : parquet) {
            ParquetCopy.File file;
            try (InputStream in = Files.newInputStream(local)) {
                file = ParquetCopy.File.measure(ParquetCopies.newName(), in);
            }
            storage.putFile(directory + file.name(), local);
            verify(directory, file);
            files.add(file);
        }
        ParquetCopy copy = new ParquetCopy(
                sealed.partition().path(),
                seal.digest(),
                Manifest.typesOf(listing.schema()),
                files,
                sealed.manifest().records(),
                clock.instant());
        String manifest = directory + Manifest.FILE_NAME;
        byte[] json = copy.toJson().getBytes(StandardCharsets.UTF_8);
        // A put whose answer was lost is sent again, and then finds itself.
        if (!storage.putIfAbsent(manifest, json) && !Arrays.equals(json, new StoredFile(storage, manifest).bytes())) {
            throw new IllegalStateException(
                    "Cannot compact %s: somebody else does so at the same time (run one compaction at a time)"
                            .formatted(sealed.partition()));
        }
        return copy;
    }

    /** Compares the Parquet files with their checksums. */
    void verify(Partition partition, ParquetCopy copy) throws IOException {
        for (ParquetCopy.File file : copy.files()) {
            verify(directoryOf(partition), file);
        }
    }

    private void verify(String directory, ParquetCopy.File file) throws IOException {
        LakeStorage storage = listing.storage();
        String key = directory + file.name();
        ParquetCopy.File found;
        try (InputStream in = storage.read(key)) {
            found = ParquetCopy.File.measure(file.name(), in);
        } catch (IOException e) {
            throw FileFailure.cannot("read", storage.describe(key), e);
        }
        if (!found.equals(file)) {
            throw new IOException(
                    "Cannot trust %s: its checksum is %s (its manifest says %s; restore it, or remove the %s beside it and compact again if the JSON lines are there)"
                            .formatted(storage.describe(key), found.crc32c(), file.crc32c(), Manifest.FILE_NAME));
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
        if (!sealOf(sealed).digest().equals(copy.seal())) {
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

    private Manifests.Seal sealOf(SealedPartition sealed) throws IOException {
        Manifests.Seal now = listing.manifests().of(listing.own(sealed.partition()));
        if (!now.manifest().equals(sealed.manifest())) {
            throw anew(sealed);
        }
        return now;
    }

    private static IllegalStateException anew(SealedPartition sealed) {
        return new IllegalStateException("Cannot compact %s: it was sealed anew meanwhile (look at the lake again)"
                .formatted(sealed.partition()));
    }

    String directoryOf(Partition partition) {
        return layout().path(partition.start());
    }

    PartitionLayout layout() {
        PartitionLayout parquet = listing.parquet();
        if (parquet == null) {
            throw new IllegalStateException(
                    "Cannot compact a lake of the layout %s: its JSON lines are where Parquet copies would be (rename the directory)"
                            .formatted(listing.layout()));
        }
        return parquet;
    }
}
