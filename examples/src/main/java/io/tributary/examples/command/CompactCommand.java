package io.tributary.examples.command;

import io.tributary.batch.Compaction;
import io.tributary.batch.CompactionOptions;
import io.tributary.batch.CompactionReport;
import io.tributary.batch.ExpiryReport;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.DuckDbOptions;
import io.tributary.examples.option.IsoDuration;
import io.tributary.examples.option.LibraryOptions;
import io.tributary.examples.option.Sections;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.view.BatchView.Hole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "compact",
        description = {
            "Write the sealed partitions of a local lake as Parquet, one file each, below data/transform_data.",
            "They are read in place of the JSON lines from then on. What is compacted already is passed by.",
            "Exits with 1 when a partition is missing, torn or not sealed; the rest is compacted all the same."
        })
final class CompactCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
    private Path lake = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "yyyy-MM-ddTHH",
            description = "The hour, in UTC, from which partitions are compacted (default: the first).")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "yyyy-MM-ddTHH",
            description = "The hour, in UTC, before which partitions are compacted (default: the end of the newest"
                    + " sealed one).")
    private @Nullable String to;

    @Option(
            names = "--expire-after",
            paramLabel = "DURATION",
            converter = IsoDuration.class,
            description = "Delete the JSON lines of partitions whose Parquet file is at least that old, such as PT24H"
                    + " (default: keep them).")
    private @Nullable Duration expireAfter;

    @Mixin
    private LibraryOptions library = new LibraryOptions();

    @Override
    public Integer call() throws IOException {
        DuckDbOptions duckDb = library.get(Sections.DUCKDB);
        CompactionOptions options = library.get(Sections.COMPACTION);
        if (!Files.isDirectory(lake)) {
            throw new IOException(
                    "Cannot compact %s: there is no such directory (make a lake with 'ingest')".formatted(lake));
        }
        LocalLake<EnrichedOrder> orders = LocalLake.at(lake, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        Instant first = from == null ? Instant.MIN : CutOption.parse(spec, from);
        Instant cut = to == null
                ? orders.newestCut()
                        .orElseThrow(() ->
                                new IOException("Cannot compact %s: no partition is sealed there yet".formatted(lake)))
                : CutOption.parse(spec, to);
        long start = System.nanoTime();
        CompactionReport report;
        ExpiryReport expired = new ExpiryReport(0, List.of());
        try (DuckDbEngine engine = DuckDbEngine.start(duckDb)) {
            Compaction<EnrichedOrder> compaction = Compaction.on(engine, orders, options);
            report = compaction.compact(first, cut, partition -> System.err.println("compacted " + partition));
            if (expireAfter != null) {
                expired = compaction.expire(first, cut, expireAfter);
            }
        }
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
