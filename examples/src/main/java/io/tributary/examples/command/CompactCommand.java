package io.tributary.examples.command;

import io.tributary.batch.CompactionReport;
import io.tributary.batch.ExpiryReport;
import io.tributary.examples.option.IsoDuration;
import io.tributary.examples.option.UtcHour;
import io.tributary.view.BatchView.Hole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "compact",
        description = {
            "Write the sealed partitions of a lake as Parquet below data/transform_data.",
            "They are read in place of the JSON lines from then on. What is compacted already is passed by.",
            "A lake on S3 is compacted by DuckDB in this process, or, with --database, by Athena.",
            "Exits with 1 when a partition is missing, torn or not sealed; the rest is compacted all the same."
        })
final class CompactCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @Mixin
    private CompactionTarget target = new CompactionTarget();

    @Option(
            names = "--from",
            paramLabel = "yyyy-MM-ddTHH",
            converter = UtcHour.class,
            description = "The hour, in UTC, from which partitions are compacted (default: the first).")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "yyyy-MM-ddTHH",
            converter = UtcHour.class,
            description = "The hour, in UTC, before which partitions are compacted (default: the end of the newest"
                    + " sealed one).")
    private @Nullable Instant to;

    @Option(
            names = "--expire-after",
            paramLabel = "DURATION",
            converter = IsoDuration.class,
            description = "Delete the JSON lines of partitions whose Parquet file is at least that old, such as PT24H"
                    + " (default: keep them).")
    private @Nullable Duration expireAfter;

    @Override
    public Integer call() throws Exception {
        return target.use(this::compact);
    }

    private int compact(CompactionTarget.Session session) throws IOException {
        Instant first = from == null ? Instant.MIN : from;
        Instant cut = to == null
                ? session.lake()
                        .newestCut()
                        .orElseThrow(() -> new IOException(
                                "Cannot compact %s: no partition is sealed there yet".formatted(session.lake())))
                : to;
        long start = System.nanoTime();
        session.before().between(first, cut);
        CompactionReport report =
                session.compaction().compact(first, cut, partition -> System.err.println("compacted " + partition));
        session.after().between(first, cut);
        ExpiryReport expired = expireAfter == null
                ? new ExpiryReport(0, List.of())
                : session.compaction().expire(first, cut, expireAfter);
        print(report, expired.bytes(), (System.nanoTime() - start) / NANOS);
        Set<Hole> holes = new LinkedHashSet<>(report.holes());
        holes.addAll(expired.holes());
        holes.forEach(hole -> System.err.println("missing " + hole));
        return holes.isEmpty() ? 0 : 1;
    }

    private static void print(CompactionReport report, long expiredBytes, double seconds) {
        TextTable.of(
                        List.of("what", "before", "after"),
                        List.of(
                                row("files", report.filesBefore(), report.filesAfter()),
                                row("bytes", report.bytesBefore(), report.bytesAfter()),
                                row("records", report.records(), report.records())))
                .print(System.out);
        System.err.printf(
                "%,d partitions compacted in %.1f s, %,d were already, %,d bytes of JSON lines expired%n",
                report.partitions(), seconds, report.already(), expiredBytes);
    }

    private static List<String> row(String what, long before, long after) {
        return List.of(what, String.valueOf(before), String.valueOf(after));
    }
}
