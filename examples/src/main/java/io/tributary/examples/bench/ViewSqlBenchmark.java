package io.tributary.examples.bench;

import io.tributary.batch.BatchViews;
import io.tributary.batch.Compaction;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.examples.pipeline.TemporaryDirectory;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ad-hoc queries as they are compiled from the views, against what a person types into DuckDB's shell for the
 * same files: the needed columns with their types, and a pattern for the files.
 */
final class ViewSqlBenchmark implements Benchmark {
    /** At most a twentieth more time than the SQL by hand. */
    private static final double TARGET = 1 / 1.05;

    private static final Map<View<EnrichedOrder>, String> BY_HAND = byHand();
    private static final String JSON = """
        read_json('%s/*/*/*/*/*.json', format = 'newline_delimited', columns = {
          tr_date: 'VARCHAR', tr_time: 'VARCHAR', division_name: 'VARCHAR', maincategory_name: 'VARCHAR',
          subcategory_name: 'VARCHAR', mount: 'DECIMAL(18,2)'})\
        """;
    private static final String PARQUET = "read_parquet('%s/**/*.parquet')";

    @Override
    public String name() {
        return "view-sql";
    }

    @Override
    public String summary() {
        return "three ad-hoc queries as compiled from views, against SQL by hand, on DuckDB";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        long orders = scale.of(20_000, 10_000_000);
        try (TemporaryDirectory work = TemporaryDirectory.create();
                DuckDbEngine engine = DuckDbEngine.start()) {
            LocalLake<EnrichedOrder> lake = OrdersLake.filled(work.path(), orders);
            String json = JSON.formatted(work.path().resolve(lake.layout().root()));
            for (View<EnrichedOrder> view : BY_HAND.keySet()) {
                lines.accept(
                        duel(view, "JSON lines", orders, engine, lake, json).run(scale));
            }
            Compaction<EnrichedOrder> compaction = Compaction.on(engine, lake);
            compaction.compact(Instant.MIN, OrdersLake.CUT, partition -> {});
            compaction.expire(Instant.MIN, OrdersLake.CUT, Duration.ZERO);
            String parquet = PARQUET.formatted(work.path());
            for (View<EnrichedOrder> view : BY_HAND.keySet()) {
                lines.accept(
                        duel(view, "Parquet", orders, engine, lake, parquet).run(scale));
            }
        }
    }

    /** The result is the same rows; ours also counts what it has read against the manifests. */
    private static Duel<Iterable<?>> duel(
            View<EnrichedOrder> view,
            String form,
            long orders,
            DuckDbEngine engine,
            LocalLake<EnrichedOrder> lake,
            String from) {
        Query byHand = Query.of(Objects.requireNonNull(BY_HAND.get(view)).formatted(from));
        return new Duel<>(
                "%s over %s".formatted(view.name(), form),
                orders,
                "orders",
                TARGET,
                new Contender<>("the view", () -> answer(view, engine, lake)),
                new Contender<>("SQL by hand", () -> engine.run(byHand).rows()));
    }

    private static Iterable<? extends Iterable<@Nullable String>> answer(
            View<EnrichedOrder> view, DuckDbEngine engine, LocalLake<EnrichedOrder> lake) throws IOException {
        return BatchViews.on(engine, lake).answer(view, OrdersLake.CUT).result().rows();
    }

    private static Map<View<EnrichedOrder>, String> byHand() {
        Map<View<EnrichedOrder>, String> queries = new LinkedHashMap<>();
        queries.put(
                RetailViews.DAILY_SALES,
                "select tr_date, count(*), sum(mount) from %s group by tr_date order by tr_date");
        queries.put(
                RetailViews.TRADING_HOURS,
                "select tr_date, cast(tr_time as int) as hour, count(*), sum(mount) from %s group by all order by all");
        queries.put(RetailViews.CATEGORY_SALES, """
            select division_name, maincategory_name, subcategory_name, count(*), sum(mount) as sum_of_sales from %s
            group by all order by sum_of_sales desc, division_name, maincategory_name, subcategory_name\
            """);
        return queries;
    }
}
