package io.tributary.batch;

import static io.tributary.batch.lake.Lakes.HOUR_4;
import static io.tributary.batch.lake.Lakes.HOUR_7;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.Lakes;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailRecords;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Schema;
import io.tributary.view.BatchView;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.View;
import io.tributary.view.ViewColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Batch views through files and DuckDB are what a fold in plain Java gives. */
class BatchViewsIT {
    private static @Nullable DuckDbEngine engine;

    record Arrival<R>(R record, Instant ingestTime) {}

    @BeforeContainer
    static void start() {
        engine = DuckDbEngine.start();
    }

    @AfterContainer
    static void stop() {
        if (engine != null) {
            engine.close();
        }
    }

    private static <R> Arbitrary<List<Arrival<R>>> arrivals(Arbitrary<R> records) {
        Arbitrary<Instant> ingest = Arbitraries.longs().between(0, 3 * 3600 - 1).map(HOUR_4::plusSeconds);
        return Combinators.combine(records, ingest)
                .as((record, time) -> new Arrival<>(record, time))
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Arrival<EnrichedOrder>>> orders() {
        return arrivals(RetailRecords.enrichedOrders());
    }

    @Provide
    Arbitrary<List<Arrival<Reading>>> readings() {
        return arrivals(Readings.arbitrary());
    }

    @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
    void everyRetailViewIsItsFoldAtEveryCut(@ForAll("orders") List<Arrival<EnrichedOrder>> arrivals)
            throws IOException {
        check(arrivals, EnrichedOrder.SCHEMA, RetailViews.all());
    }

    @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
    void everyAggregateWindowAndTypeIsItsFoldAtEveryCut(@ForAll("readings") List<Arrival<Reading>> arrivals)
            throws IOException {
        check(arrivals, Reading.SCHEMA, Readings.VIEWS);
    }

    private static <R> void check(List<Arrival<R>> arrivals, Schema<R> schema, List<View<R>> views) throws IOException {
        Path root = Files.createTempDirectory("lake 담배 'it''s' [1]*?");
        try {
            LocalLake<R> lake = LocalLake.at(root, Lakes.LAYOUT, schema);
            try (LakeWriter<R> writer = lake.writer()) {
                for (Arrival<R> arrival : arrivals) {
                    writer.write(arrival.record(), arrival.ingestTime());
                }
                for (Partition partition : Lakes.LAYOUT.partitions(HOUR_4, HOUR_7)) {
                    writer.seal(partition);
                }
            }
            BatchViews<R> batch = BatchViews.on(Objects.requireNonNull(engine), lake);
            for (Partition partition : Lakes.LAYOUT.partitions(HOUR_4, HOUR_7)) {
                Instant cut = partition.end();
                List<BatchView> built = new ArrayList<>();
                if (cut.equals(HOUR_7)) {
                    for (View<R> view : views) {
                        built.add(batch.build(view, cut));
                    }
                } else {
                    built.addAll(batch.buildAll(views, cut));
                }
                for (int i = 0; i < views.size(); i++) {
                    check(views.get(i), built.get(i), cut, arrivals, batch);
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(root)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static <R> void check(
            View<R> view, BatchView built, Instant cut, List<Arrival<R>> arrivals, BatchViews<R> batch)
            throws IOException {
        Slices<R> expected = view.slices();
        arrivals.stream()
                .filter(arrival -> arrival.ingestTime().isBefore(cut))
                .forEach(arrival -> expected.add(arrival.record()));
        List<SlicePartial> slices = expected.toList();
        assertThat(built.holes()).isEmpty();
        assertThat(built.view()).isEqualTo(view.name());
        assertThat(built.slices()).as(view.name()).containsExactlyInAnyOrderElementsOf(slices);
        if (List.of("daily-sales", "trading-hours", "category-sales", "division-sales", "today-sales")
                .contains(view.name())) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            view.rows(slices).forEach(row -> rows.add(row.values()));
            assertThat(parsed(view, batch.answer(view, cut))).as(view.name()).isEqualTo(rows);
        }
    }

    private static List<List<@Nullable Object>> parsed(View<?> view, AdHocAnswer answer) {
        List<ViewColumn> columns = view.columns();
        assertThat(answer.result().columns())
                .isEqualTo(columns.stream().map(ViewColumn::name).toList());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable String> texts : answer.result().rows()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                String text = texts.get(i);
                row.add(text == null ? null : columns.get(i).type().parse(text));
            }
            rows.add(row);
        }
        return rows;
    }
}
