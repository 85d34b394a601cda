package io.tributary.batch;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.ListedLake;
import io.tributary.batch.lake.ParquetCopy;
import io.tributary.batch.lake.S3Lake;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.query.AthenaEngine;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.lake.LakeFile;
import io.tributary.partition.Partition;
import io.tributary.view.BatchView.Hole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives the sealed partitions of a lake a second form: Parquet, which is read from then on instead of the JSON
 * lines, never beside them. A copy counts when its records are read back equal, and only then may the lines
 * expire. Seals stay as they are, so views are refreshed across a compaction, and a partition that is sealed
 * anew is read as JSON until it is compacted again.
 *
 * <p>Whatever step fails, either form is whole; a repeated run goes on where the last one ended. Fields of the
 * lines that the schema does not have are not in the copy. One process at a time may compact a lake.
 *
 * @param <R> the record
 */
public final class Compaction<R> {
    private final ListedLake<R> lake;
    private final ParquetCopy.Writer writer;
    private final Portion most;
    private final int parallelism;

    /** What is converted together: small partitions with their neighbours, so that a statement is worth its start. */
    private record Portion(int partitions, long records) {
        static final Portion DUCKDB = new Portion(64, 250_000);
        static final Portion ATHENA = new Portion(PartitionCopy.MOST_PARTITIONS, Long.MAX_VALUE);
    }

    private Compaction(ListedLake<R> lake, ParquetCopy.Writer writer, Portion most, int parallelism) {
        this.lake = lake;
        this.writer = writer;
        this.most = most;
        this.parallelism = parallelism;
    }

    /** By DuckDB, to which the files of a lake on S3 are copied. The engine stays the caller's, to close. */
    public static <R> Compaction<R> on(DuckDbEngine engine, ListedLake<R> lake) {
        return on(engine, lake, CompactionOptions.defaults());
    }

    public static <R> Compaction<R> on(DuckDbEngine engine, ListedLake<R> lake, CompactionOptions options) {
        return new Compaction<>(
                lake, new ParquetExport(engine, lake.schema(), options), Portion.DUCKDB, options.parallelism());
    }

    /**
     * By Athena, a hundred partitions a statement; only the Parquet files come through this process. Lines are read
     * twice, to be copied and to be compared, and their times have Athena's precision in the copy, milliseconds.
     * The engine stays the caller's, to close.
     *
     * @param json over the JSON lines of the lake, with the partitions registered or projected
     * @throws IllegalArgumentException when the table is not at the lake
     */
    public static <R> Compaction<R> on(AthenaEngine engine, S3Lake<R> lake, AthenaTable<R> json) {
        if (!lake.location().equals(json.location().root() + "/")
                || !lake.layout().equals(json.location().layout())) {
            throw new IllegalArgumentException(
                    "Cannot compact %s by table %s (must be at the same place, of one layout)".formatted(lake, json));
        }
        return new Compaction<>(lake, new AthenaExport<>(engine, json), Portion.ATHENA, 1);
    }

    /**
     * Compacts the sealed partitions before a cut that are not yet. What fails is told when all that had begun has
     * ended.
     *
     * @param from a boundary of partitions, or {@link Instant#MIN}
     * @param cut a boundary of partitions
     * @param progress takes each partition when it is compacted, one at a time
     * @throws IOException when a file cannot be read or written, or differs from its manifest
     * @throws io.tributary.batch.query.QueryException when a line is not of the schema
     */
    public CompactionReport compact(Instant from, Instant cut, Consumer<Partition> progress) throws IOException {
        LakeContents contents = lake.contents(from, cut);
        List<Hole> left = new ArrayList<>(contents.holes());
        List<SealedPartition> open = new ArrayList<>();
        int already = 0;
        for (SealedPartition sealed : contents.partitions()) {
            if (sealed.parquet() != null || sealed.manifest().records() == 0) {
                already++;
                continue;
            }
            if (writer instanceof AthenaExport && !sealed.strays().isEmpty()) {
                left.add(LakeTables.strays(sealed));
                continue;
            }
            Optional<String> beyond = sealed.manifest().columnBeyond(lake.schema());
            if (beyond.isEmpty()) {
                open.add(sealed);
            } else {
                left.add(new Hole(
                        sealed.partition().path(),
                        "it was sealed with the column %s, which the schema lacks".formatted(beyond.get())));
            }
        }
        Object told = new Object();
        List<List<ParquetCopy>> copies = new Crew(parallelism).each(sets(open), set -> {
            List<ParquetCopy> made = lake.convert(set, writer);
            synchronized (told) {
                set.forEach(partition -> progress.accept(partition.partition()));
            }
            return made;
        });
        List<ParquetCopy> all = copies.stream().flatMap(List::stream).toList();
        List<LakeFile> files = open.stream()
                .flatMap(partition -> partition.manifest().files().stream())
                .toList();
        return new CompactionReport(
                open.size(),
                already,
                all.stream().mapToLong(ParquetCopy::records).sum(),
                files.size(),
                all.stream().mapToLong(copy -> copy.files().size()).sum(),
                files.stream().mapToLong(LakeFile::bytes).sum(),
                all.stream().mapToLong(ParquetCopy::bytes).sum(),
                left);
    }

    private List<List<SealedPartition>> sets(List<SealedPartition> partitions) {
        List<List<SealedPartition>> sets = new ArrayList<>();
        List<SealedPartition> set = new ArrayList<>();
        long records = 0;
        for (SealedPartition sealed : partitions) {
            long more = sealed.manifest().records();
            if (!set.isEmpty() && (set.size() == most.partitions() || records + more > most.records())) {
                sets.add(set);
                set = new ArrayList<>();
                records = 0;
            }
            set.add(sealed);
            records += more;
        }
        if (!set.isEmpty()) {
            sets.add(set);
        }
        return sets;
    }

    /**
     * Deletes the JSON lines of compacted partitions, each after a look at the checksums of its Parquet copy. Where this
     * fails the lines stay, which is told as a hole.
     *
     * @param age how old a copy must be, so that readers that have listed the lines are done
     */
    public ExpiryReport expire(Instant from, Instant cut, Duration age) throws IOException {
        if (age.isNegative()) {
            throw new IllegalArgumentException(
                    "Invalid age of Parquet copies: %s (must not be negative)".formatted(age));
        }
        LakeContents contents = lake.contents(from, cut);
        List<Hole> left = new ArrayList<>(contents.holes());
        long bytes = 0;
        for (SealedPartition sealed : contents.partitions()) {
            try {
                bytes += lake.expire(sealed, age);
            } catch (IOException e) {
                left.add(new Hole(sealed.partition().path(), String.valueOf(e.getMessage())));
            }
        }
        return new ExpiryReport(bytes, left);
    }
}
