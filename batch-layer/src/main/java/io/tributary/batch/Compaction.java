package io.tributary.batch;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.ParquetCopy;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.lake.LakeFile;
import io.tributary.partition.Partition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Gives the sealed partitions of a lake a second form: one Parquet file each, which is read from then on instead of
 * the JSON lines, never beside them. A copy counts when its records are read back equal, and only then may the
 * lines expire. Seals stay as they are, so views are refreshed across a compaction, and a partition that is sealed
 * anew is read as JSON until it is compacted again.
 *
 * <p>Whatever step fails, either form is whole; a repeated run goes on where the last one ended. Fields of the
 * lines that the schema does not have are not in the copy. One process at a time may compact a lake.
 *
 * @param <R> the record
 */
public final class Compaction<R> {
    private final LocalLake<R> lake;
    private final ParquetExport export;

    private Compaction(LocalLake<R> lake, ParquetExport export) {
        this.lake = lake;
        this.export = export;
    }

    /** The engine stays the caller's, to close. */
    public static <R> Compaction<R> on(DuckDbEngine engine, LocalLake<R> lake) {
        return on(engine, lake, CompactionOptions.defaults());
    }

    public static <R> Compaction<R> on(DuckDbEngine engine, LocalLake<R> lake, CompactionOptions options) {
        return new Compaction<>(lake, new ParquetExport(engine, lake.schema(), options));
    }

    /**
     * Compacts the sealed partitions before a cut that are not yet.
     *
     * @param from a boundary of partitions, or {@link Instant#MIN}
     * @param cut a boundary of partitions
     * @param progress takes each partition when it is compacted
     * @throws IOException when a file cannot be read or written, or differs from its manifest
     * @throws io.tributary.batch.query.QueryException when a line is not of the schema
     */
    public CompactionReport compact(Instant from, Instant cut, Consumer<Partition> progress) throws IOException {
        LakeContents contents = lake.contents(from, cut);
        int partitions = 0;
        long records = 0;
        long files = 0;
        long before = 0;
        long after = 0;
        for (SealedPartition sealed : contents.partitions()) {
            if (sealed.parquet() != null || sealed.manifest().records() == 0) {
                continue;
            }
            ParquetCopy copy = lake.convert(sealed, export);
            partitions++;
            records += copy.records();
            files += sealed.manifest().files().size();
            before += sealed.manifest().files().stream()
                    .mapToLong(LakeFile::bytes)
                    .sum();
            after += copy.bytes();
            progress.accept(sealed.partition());
        }
        return new CompactionReport(
                partitions, contents.partitions().size() - partitions, records, files, before, after, contents.holes());
    }

    /**
     * Deletes the JSON lines of compacted partitions, each after a look at the checksum of its Parquet file.
     *
     * @param age how old a copy must be, so that readers that have listed the lines are done
     * @return the bytes that were deleted
     */
    public long expire(Instant from, Instant cut, Duration age) throws IOException {
        if (age.isNegative()) {
            throw new IllegalArgumentException(
                    "Invalid age of Parquet copies: %s (must not be negative)".formatted(age));
        }
        long bytes = 0;
        for (SealedPartition sealed : lake.contents(from, cut).partitions()) {
            bytes += lake.expire(sealed, age);
        }
        return bytes;
    }
}
