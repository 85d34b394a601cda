package io.tributary.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.speed.Lateness;
import io.tributary.speed.Records;
import io.tributary.speed.Results;
import io.tributary.speed.SpeedLayer;
import io.tributary.speed.SpeedOptions;
import io.tributary.testing.ViewDriver;
import io.tributary.view.Row;
import io.tributary.view.View;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a view gives that is fed by hand is what Flink gives: the rows of each window, and the late records. */
class ViewDriverIT {
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(10);

    /** A watermark after every order, so that no clock tells which ones are late. */
    private static final class AfterEach implements WatermarkGenerator<EnrichedOrder> {
        private long latest = Long.MIN_VALUE;

        @Override
        public void onEvent(EnrichedOrder order, long unused, WatermarkOutput output) {
            latest = Math.max(latest, order.dateTime().toInstant(ZoneOffset.UTC).toEpochMilli());
            output.emitWatermark(new Watermark(latest - OUT_OF_ORDER.toMillis() - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Only after an order.
        }
    }

    /** About in order; some come an hour late. */
    private static List<EnrichedOrder> orders(long seed) {
        Random random = new Random(seed);
        Map<EnrichedOrder, LocalDateTime> sent = new HashMap<>();
        List<EnrichedOrder> orders = new RandomOrders(seed, 2).list(400);
        orders.forEach(order -> sent.put(
                order,
                order.dateTime().plusMinutes(random.nextInt(8) == 0 ? 60 + random.nextInt(600) : random.nextInt(9))));
        orders.sort(Comparator.comparing(sent::get));
        return orders;
    }

    private record Given(List<Row> rows, List<EnrichedOrder> late) {}

    private static Given byHand(View<EnrichedOrder> view, List<EnrichedOrder> orders) {
        ViewDriver<EnrichedOrder> driver = ViewDriver.of(view);
        List<Row> rows = new ArrayList<>();
        LocalDateTime latest = LocalDateTime.MIN;
        for (EnrichedOrder order : orders) {
            driver.send(order);
            latest = latest.isAfter(order.dateTime()) ? latest : order.dateTime();
            rows.addAll(driver.advanceWatermark(latest.minus(OUT_OF_ORDER)));
        }
        rows.addAll(driver.end());
        return new Given(rows, driver.late());
    }

    /** All views in one job. */
    private static List<Given> byFlink(List<View<EnrichedOrder>> views, List<EnrichedOrder> orders) throws Exception {
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(1);
        DataStream<EnrichedOrder> stream = flink.fromData(orders, Records.typeOf(EnrichedOrder.SCHEMA))
                .assignTimestampsAndWatermarks(WatermarkStrategy.forGenerator(context -> new AfterEach()));
        List<CloseableIterator<Row>> rows = new ArrayList<>();
        List<CloseableIterator<EnrichedOrder>> late = new ArrayList<>();
        for (View<EnrichedOrder> view : views) {
            Results<EnrichedOrder, Row> results = SpeedLayer.on(stream)
                    .view(view)
                    .with(SpeedOptions.defaults().withLateness(Lateness.sideOutput()))
                    .windows();
            rows.add(results.stream().collectAsync());
            late.add(results.late().collectAsync());
        }
        flink.executeAsync("views");
        List<Given> given = new ArrayList<>();
        for (int view = 0; view < views.size(); view++) {
            given.add(new Given(all(rows.get(view)), all(late.get(view))));
        }
        return given;
    }

    private static <T> List<T> all(CloseableIterator<T> values) throws Exception {
        try (values) {
            List<T> all = new ArrayList<>();
            values.forEachRemaining(all::add);
            return all;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aViewThatIsFedByHandGivesWhatFlinkGives(long seed) throws Exception {
        List<EnrichedOrder> orders = orders(seed);
        List<View<EnrichedOrder>> views = DashboardViews.all();
        List<Given> byFlink = byFlink(views, orders);
        int late = 0;
        for (int i = 0; i < views.size(); i++) {
            String name = views.get(i).name();
            Given byHand = byHand(views.get(i), orders);
            assertThat(byHand.rows())
                    .as(name)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(byFlink.get(i).rows());
            assertThat(byHand.late())
                    .as("late for " + name)
                    .containsExactlyElementsOf(byFlink.get(i).late());
            late += byHand.late().size();
        }
        assertThat(late).isPositive();
    }
}
