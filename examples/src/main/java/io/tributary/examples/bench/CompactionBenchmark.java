package io.tributary.examples.bench;

import io.tributary.batch.BatchViews;
import io.tributary.batch.Compaction;
import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.examples.pipeline.TemporaryDirectory;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.Row;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The workshop's three ad-hoc queries of a compacted lake, against the same lake as JSON lines. */
final class CompactionBenchmark implements Benchmark {
    private static final List<View<EnrichedOrder>> QUERIES =
            List.of(RetailViews.DAILY_SALES, RetailViews.TRADING_HOURS, RetailViews.CATEGORY_SALES);
    private static final Instant CUT = OrdersLake.CUT;
    private static final double LESS_BYTES = 20;
    private static final double FASTER = 5;
    private static final double ORDERS_A_SECOND = 500_000;
    private static final double NANOS = 1e9;

    @Override
    public String name() {
        return "compaction";
    }

    @Override
    public String summary() {
        return "JSON lines to Parquet, and the three ad-hoc queries of either";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        long orders = scale.of(20_000, 1_000_000);
        try (TemporaryDirectory work = TemporaryDirectory.create();
                DuckDbEngine engine = DuckDbEngine.start()) {
            LocalLake<EnrichedOrder> json = OrdersLake.filled(work.path().resolve("json"), orders);
            LocalLake<EnrichedOrder> parquet = OrdersLake.at(work.path().resolve("parquet"));
            lines.accept(compaction(scale, engine, json, parquet, orders));
            Compaction.on(engine, parquet).expire(Instant.MIN, CUT, Duration.ZERO);
            lines.accept(bytes(engine, json, parquet));
            lines.accept(new Duel<>(
                            "three ad-hoc queries",
                            orders * QUERIES.size(),
                            "orders",
                            FASTER,
                            new Contender<>("Parquet", () -> answers(engine, parquet)),
                            new Contender<>("JSON lines", () -> answers(engine, json)))
                    .run(scale));
        }
    }

    /** Each round compacts the lake from its JSON lines on; the first one warms up. */
    private static Line compaction(
            Scale scale,
            DuckDbEngine engine,
            LocalLake<EnrichedOrder> json,
            LocalLake<EnrichedOrder> parquet,
            long orders)
            throws IOException {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round <= scale.rounds(); round++) {
            copy(json.root(), parquet.root());
            long start = System.nanoTime();
            long records = Compaction.on(engine, parquet)
                    .compact(Instant.MIN, CUT, partition -> {})
                    .records();
            double seconds = (System.nanoTime() - start) / NANOS;
            if (records != orders) {
                throw new IllegalStateException(
                        "Cannot measure compaction: %d orders of %d are in Parquet".formatted(records, orders));
            }
            if (round > 0) {
                ratios.add(orders / seconds / ORDERS_A_SECOND);
            }
        }
        Ratio ratio = Ratio.of(ratios);
        return new Line(
                "compaction, read back and compared",
                String.format(Locale.ROOT, "%,.0f orders/s", ratio.median() * ORDERS_A_SECOND),
                String.format(Locale.ROOT, "the aim: %,.0f orders/s", ORDERS_A_SECOND),
                ratio,
                1);
    }

    /** A copy of a lake as it was before it was compacted. */
    private static void copy(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            try (Stream<Path> files = Files.walk(to)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target);
            }
        }
    }

    /** Of JSON lines a query reads all; of Parquet the chunks of its columns, and all that is no column. */
    private static Line bytes(DuckDbEngine engine, LocalLake<EnrichedOrder> json, LocalLake<EnrichedOrder> parquet)
            throws IOException {
        LakeContents compacted = parquet.contents(CUT);
        String files = parquet.parquetFiles(compacted).values().stream()
                .flatMap(List::stream)
                .map(file -> "'%s'".formatted(file.toString().replace("'", "''")))
                .collect(Collectors.joining(", ", "[", "]"));
        long chunks = sum(engine, files, "true");
        long lines = json.contents(CUT).bytes();
        long read = 0;
        List<Double> ofEach = new ArrayList<>();
        for (View<EnrichedOrder> query : QUERIES) {
            Set<String> columns = new LinkedHashSet<>();
            query.dimensions().forEach(column -> columns.add(column.name()));
            query.aggregates().forEach(aggregate -> aggregate.columns().forEach(column -> columns.add(column.name())));
            String names = columns.stream()
                    .map("'%s'"::formatted)
                    .collect(Collectors.joining(", ", "path_in_schema in (", ")"));
            long bytes = compacted.bytes() - chunks + sum(engine, files, names);
            read += bytes;
            ofEach.add((double) lines / bytes);
        }
        return new Line(
                "bytes scanned by three ad-hoc queries",
                String.format(Locale.ROOT, "%,d", read),
                String.format(Locale.ROOT, "JSON lines: %,d", lines * QUERIES.size()),
                new Ratio((double) lines * QUERIES.size() / read, Collections.min(ofEach), Collections.max(ofEach)),
                LESS_BYTES);
    }

    private static long sum(DuckDbEngine engine, String files, String condition) {
        return Long.parseLong(String.valueOf(engine.run(
                        Query.of("select cast(sum(total_compressed_size) as bigint) from parquet_metadata(%s) where %s"
                                .formatted(files, condition)))
                .rows()
                .get(0)
                .get(0)));
    }

    /** Each query reads the lake, as three users would. */
    private static List<List<Row>> answers(DuckDbEngine engine, LocalLake<EnrichedOrder> lake) throws IOException {
        List<List<Row>> answers = new ArrayList<>();
        for (View<EnrichedOrder> query : QUERIES) {
            answers.add(query.rows(BatchViews.on(engine, lake).build(query, CUT).slices()));
        }
        return answers;
    }
}
