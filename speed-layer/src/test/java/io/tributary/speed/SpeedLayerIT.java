package io.tributary.speed;

import static io.tributary.view.Window.cumulate;
import static io.tributary.view.Window.slide;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.IngestSlice;
import io.tributary.view.Measure;
import io.tributary.view.Row;
import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpeedLayerIT {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Cluster.extension();

    private static final View<EnrichedOrder> SLIDING = View.named("sliding")
            .over(EnrichedOrder.SCHEMA)
            .window(slide(EnrichedOrder.TR_DATETIME)
                    .size(Duration.ofMinutes(50))
                    .every(Duration.ofMinutes(20)))
            .groupBy(EnrichedOrder.DIVISION_NAME)
            .measure("cnt", Measure.count())
            .build();
    private static final View<EnrichedOrder> CUMULATIVE_TOP = View.named("cumulative-top")
            .over(EnrichedOrder.SCHEMA)
            .window(cumulate(EnrichedOrder.TR_DATETIME)
                    .step(Duration.ofHours(2))
                    .upTo(Duration.ofHours(12)))
            .groupBy(EnrichedOrder.DIVISION_NAME)
            .measure("mount", Measure.sum(EnrichedOrder.MOUNT))
            .top(2)
            .by("mount")
            .build();

    static Stream<View<EnrichedOrder>> views() {
        return Stream.concat(RetailViews.all().stream(), Stream.of(SLIDING, CUMULATIVE_TOP));
    }

    @ParameterizedTest
    @MethodSource("views")
    void changesOfOrdersInAnyOrderAddUpToTheRowsOfAllOrders(View<EnrichedOrder> view) throws Exception {
        List<EnrichedOrder> orders = Orders.random(view.name().hashCode(), 600);
        int parallelism = 1 + Math.floorMod(view.name().hashCode(), Cluster.SLOTS);
        DataStream<EnrichedOrder> stream =
                Cluster.stream(Cluster.environment(parallelism), orders, watermarks(view, Duration.ofHours(1)));
        SpeedOptions options = SpeedOptions.defaults().withMaxPartials(20).withLateness(Lateness.correctAlways());

        RowTable table = new RowTable(view);
        Cluster.collect(SpeedLayer.on(stream).view(view).with(options).updates().stream())
                .forEach(table::apply);

        assertThat(table.rows()).isEqualTo(rows(view, orders));
    }

    @ParameterizedTest
    @MethodSource("views")
    void eachWindowIsGivenOnce(View<EnrichedOrder> view) throws Exception {
        List<EnrichedOrder> orders = Orders.random(view.name().hashCode(), 600);
        DataStream<EnrichedOrder> stream =
                Cluster.stream(Cluster.environment(3), orders, watermarks(view, Duration.ofDays(4)));

        List<Row> rows = new ArrayList<>(Cluster.collect(SpeedLayer.on(stream).view(view).windows().stream()));
        rows.sort(view.order());

        assertThat(rows).isEqualTo(rows(view, orders));
    }

    @ParameterizedTest
    @MethodSource("views")
    void slicesOfAllPartitionsAddUpToThoseOfAllOrders(View<EnrichedOrder> view) throws Exception {
        List<EnrichedOrder> orders = Orders.random(view.name().hashCode(), 300);
        DataStream<EnrichedOrder> stream =
                Cluster.stream(Cluster.environment(2), orders, WatermarkStrategy.noWatermarks());

        List<IngestSlice> slices = Cluster.collect(Arrivals.fixed(stream, Orders.LAYOUT, EnrichedOrder::eventTime)
                .slices(view)
                .with(SpeedOptions.defaults().withMaxPartials(10))
                .stream());

        Map<Instant, Map<SliceKey, SlicePartial>> stored = new HashMap<>();
        slices.forEach(slice -> stored.computeIfAbsent(slice.partition(), hour -> new HashMap<>())
                .put(slice.slice().key(), slice.slice()));
        Slices<EnrichedOrder> merged = view.slices();
        stored.values().forEach(partition -> merged.mergeAll(partition.values()));
        assertThat(view.rows(merged.toList())).isEqualTo(rows(view, orders));
        assertThat(stored.keySet())
                .isEqualTo(new HashSet<>(orders.stream().map(SpeedLayerIT::hour).toList()));
    }

    @Test
    void windowsThatAreCorrectedAreRefused() {
        DataStream<EnrichedOrder> stream =
                Cluster.stream(Cluster.environment(1), Orders.random(1, 1), WatermarkStrategy.noWatermarks());
        SpeedView<EnrichedOrder> speed = SpeedLayer.on(stream)
                .view(RetailViews.HOURLY_SALES)
                .with(SpeedOptions.defaults().withLateness(Lateness.correct(Duration.ofHours(1))));

        assertThatThrownBy(speed::windows)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot give the windows of view hourly-sales once and correct them");
    }

    @Test
    void aStoreWithoutCheckpointsIsRefused() {
        DataStream<EnrichedOrder> stream =
                Cluster.stream(Cluster.environment(1), Orders.random(1, 1), WatermarkStrategy.noWatermarks());
        IngestSlices<EnrichedOrder> slices =
                Arrivals.fixed(stream, Orders.LAYOUT, EnrichedOrder::eventTime).slices(RetailViews.HOURLY_SALES);

        assertThatThrownBy(() -> slices.into(() -> {
                    throw new AssertionError("opened");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot store the slices of view hourly-sales: checkpoints are disabled"
                        + " (enable them before, as execution.checkpointing.interval)");
    }

    @Test
    void aStoreBesideASideOutputThatNobodyReadsIsRefused() {
        DataStream<EnrichedOrder> stream =
                Cluster.stream(Cluster.environment(1), Orders.random(1, 1), WatermarkStrategy.noWatermarks());
        IngestSlices<EnrichedOrder> slices = Arrivals.fixed(stream, Orders.LAYOUT, EnrichedOrder::eventTime)
                .slices(RetailViews.HOURLY_SALES)
                .with(IngestOptions.defaults().withForgotten(Forgotten.SIDE_OUTPUT));

        assertThatThrownBy(() -> slices.into(() -> {
                    throw new AssertionError("opened");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("(use stream() and late(stream), or drop or fail)");
    }

    private static Instant hour(EnrichedOrder order) {
        return order.eventTime().truncatedTo(ChronoUnit.HOURS);
    }

    private static WatermarkStrategy<EnrichedOrder> watermarks(View<EnrichedOrder> view, Duration outOfOrderness) {
        return view.window().eventTime().isPresent()
                ? SpeedLayer.watermarks(view.window(), outOfOrderness)
                : WatermarkStrategy.noWatermarks();
    }

    private static List<Row> rows(View<EnrichedOrder> view, List<EnrichedOrder> orders) {
        Slices<EnrichedOrder> slices = view.slices();
        slices.addAll(orders);
        return view.rows(slices.toList());
    }
}
