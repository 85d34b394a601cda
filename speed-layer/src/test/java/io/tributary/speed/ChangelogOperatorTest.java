package io.tributary.speed;

import static io.tributary.retail.EnrichedOrder.DIVISION_NAME;
import static io.tributary.retail.EnrichedOrder.MOUNT;
import static io.tributary.retail.EnrichedOrder.TR_DATETIME;
import static io.tributary.view.Condition.column;
import static io.tributary.view.Measure.sum;
import static io.tributary.view.Window.slide;
import static io.tributary.view.Window.tumble;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.Partial;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangelogOperatorTest {
    private static final View<EnrichedOrder> BY_DIVISION = View.named("hourly-divisions")
            .over(EnrichedOrder.SCHEMA)
            .window(tumble(TR_DATETIME).every(ofHours(1)))
            .groupBy(DIVISION_NAME)
            .measure("mount", sum(MOUNT))
            .having(column("mount").isGreaterThan(10))
            .build();
    private static final View<EnrichedOrder> SLIDING = View.named("sliding-divisions")
            .over(EnrichedOrder.SCHEMA)
            .window(slide(TR_DATETIME).size(ofMinutes(50)).every(ofMinutes(20)))
            .rollup(DIVISION_NAME)
            .measure("mount", sum(MOUNT))
            .build();

    /** Feeds orders one by one, as pre-aggregations of one, and applies the changes as they come. */
    private static final class Harness<P, E> implements AutoCloseable {
        final ViewCells<EnrichedOrder> cells;
        final ViewCombiner<EnrichedOrder> combiner;
        final ChangelogOperator<EnrichedOrder, P, E> operator;
        final KeyedOneInputStreamOperatorTestHarness<P, Contribution<List<@Nullable Object>, Partial>, RowChange> flink;
        final List<RowChange> changes = new ArrayList<>();
        final RowTable table;

        Harness(
                View<EnrichedOrder> view,
                StateLayout<List<@Nullable Object>, P, E> layout,
                Lateness lateness,
                RowTable table,
                @Nullable OperatorSubtaskState state)
                throws Exception {
            this.table = table;
            cells = new ViewCells<>(view);
            combiner = new ViewCombiner<>(view);
            ViewTypes types = ViewTypes.of(view);
            operator = new ChangelogOperator<>(
                    view,
                    layout,
                    types.partial(),
                    Horizon.of(view.window(), lateness.retention()),
                    new SpeedOptions(1_000, ofMinutes(1), lateness));
            flink = Readings.harness(operator, layout, 1, 0);
            flink.setup(types.rowChange().createSerializer(new SerializerConfigImpl()));
            if (state != null) {
                flink.initializeState(state);
            }
            flink.open();
        }

        void add(EnrichedOrder order) throws Exception {
            Cell<List<@Nullable Object>> cell = cells.cell(order);
            flink.processElement(new StreamRecord<>(
                    new Contribution<>(cell.key(), cell.slice(), combiner.add(combiner.create(), order), 1)));
        }

        OperatorSubtaskState checkpoint() throws Exception {
            flink.prepareSnapshotPreBarrier(1);
            apply();
            return flink.snapshot(1, 1);
        }

        void passed(EnrichedOrder order) throws Exception {
            flink.processWatermark(order.dateTime().toInstant(ZoneOffset.UTC).toEpochMilli() - 1);
            apply();
        }

        void apply() {
            List<RowChange> fresh = new ArrayList<>(flink.extractOutputValues());
            flink.getOutput().clear();
            fresh.forEach(table::apply);
            changes.addAll(fresh);
        }

        @Override
        public void close() throws Exception {
            flink.close();
        }
    }

    private static Harness<?, ?> harness(
            View<EnrichedOrder> view, Lateness lateness, RowTable table, @Nullable OperatorSubtaskState state)
            throws Exception {
        ViewTypes types = ViewTypes.of(view);
        return view.isRollup() || view.top().isPresent()
                ? new Harness<>(
                        view, new StateLayout.ByWindow<>(types.dimensions(), view.window()), lateness, table, state)
                : new Harness<>(view, new StateLayout.ByKey<>(types.dimensions()), lateness, table, state);
    }

    private static Harness<?, ?> harness(View<EnrichedOrder> view, Lateness lateness) throws Exception {
        return harness(view, lateness, new RowTable(view), null);
    }

    static Stream<View<EnrichedOrder>> views() {
        return Stream.concat(RetailViews.all().stream(), Stream.of(BY_DIVISION, SLIDING));
    }

    @ParameterizedTest
    @MethodSource("views")
    void atEveryBarrierTheChangesAddUpToTheRowsSoFarAlsoAcrossRestarts(View<EnrichedOrder> view) throws Exception {
        Random random = new Random(3);
        RowTable table = new RowTable(view);
        Slices<EnrichedOrder> soFar = view.slices();
        Harness<?, ?> harness = harness(view, Lateness.correctAlways(), table, null);
        for (EnrichedOrder order : Orders.random(11, 120)) {
            harness.add(order);
            soFar.add(order);
            if (random.nextInt(10) == 0) {
                harness.passed(order);
            }
            if (random.nextInt(15) == 0) {
                OperatorSubtaskState state = harness.checkpoint();
                assertThat(table.rows()).isEqualTo(view.rows(soFar.toList()));
                if (random.nextBoolean()) {
                    harness.close();
                    harness = harness(view, Lateness.correctAlways(), table, state);
                }
            }
        }
        harness.flink.endInput();
        harness.apply();
        harness.close();
        assertThat(table.rows()).isEqualTo(view.rows(soFar.toList()));
    }

    @Test
    void aRowThatNoLongerFulfilsTheConditionIsDeleted() throws Exception {
        try (Harness<?, ?> harness = harness(BY_DIVISION, Lateness.drop())) {
            harness.add(Orders.at("2015-01-01T10:00:00", "담배", 20));
            harness.checkpoint();
            harness.add(Orders.at("2015-01-01T10:00:01", "담배", 5));
            harness.checkpoint();
            harness.add(Orders.at("2015-01-01T10:00:02", "담배", -20));
            harness.checkpoint();

            assertThat(harness.changes)
                    .satisfiesExactly(
                            change -> assertThat(change).isInstanceOf(RowChange.Insert.class),
                            change -> assertThat(change).isInstanceOf(RowChange.Update.class),
                            change -> assertThat(change).isInstanceOf(RowChange.Delete.class));
            assertThat(harness.table.rows()).isEmpty();
        }
    }

    @Test
    void changesThatCancelOutAreNotGiven() throws Exception {
        try (Harness<?, ?> harness = harness(BY_DIVISION, Lateness.drop())) {
            harness.add(Orders.at("2015-01-01T10:00:00", "담배", 20));
            harness.checkpoint();
            harness.add(Orders.at("2015-01-01T10:00:00", "담배", 7));
            harness.add(Orders.at("2015-01-01T10:00:00", "담배", -7));
            harness.checkpoint();

            assertThat(harness.changes).hasSize(1);
        }
    }

    @Test
    void updatesAreGivenWhenTheIntervalIsOver() throws Exception {
        try (Harness<?, ?> harness = harness(BY_DIVISION, Lateness.drop())) {
            harness.add(Orders.at("2015-01-01T10:00:00", "담배", 20));
            harness.flink.setProcessingTime(ofMinutes(1).toMillis());
            harness.apply();

            assertThat(harness.changes).hasSize(1);
        }
    }

    @Test
    void aWindowIsCorrectedAsLongAsItIsRetainedAndThenForgotten() throws Exception {
        try (Harness<?, ?> harness = harness(BY_DIVISION, Lateness.correct(ofHours(2)))) {
            harness.add(Orders.at("2015-01-01T10:00:00", "담배", 20));
            harness.passed(Orders.at("2015-01-01T12:59:59", "담배", 0));
            assertThat(harness.operator.correctedWindows.getCount()).isZero();
            harness.add(Orders.at("2015-01-01T10:30:00", "담배", 1));
            harness.checkpoint();
            assertThat(harness.changes).hasSize(2);
            assertThat(harness.operator.correctedWindows.getCount()).isEqualTo(1);

            harness.passed(Orders.at("2015-01-01T13:00:00", "담배", 0));
            harness.add(Orders.at("2015-01-01T10:30:00", "담배", 1));
            harness.checkpoint();
            assertThat(harness.changes).hasSize(2);
            assertThat(harness.operator.lateRecords.getCount()).isEqualTo(1);
            assertThat(harness.operator.cache.isEmpty()).isTrue();
            assertThat(harness.flink.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void aWindowThatWasForgottenStaysSoThoughWindowsAreCorrectedFromNowOn() throws Exception {
        RowTable table = new RowTable(BY_DIVISION);
        OperatorSubtaskState state;
        try (Harness<?, ?> harness = harness(BY_DIVISION, Lateness.drop(), table, null)) {
            harness.add(Orders.at("2015-01-01T10:00:00", "담배", 20));
            harness.add(Orders.at("2015-01-01T11:00:00", "담배", 30));
            harness.passed(Orders.at("2015-01-01T11:00:00", "담배", 0));
            state = harness.checkpoint();
        }
        // Twice, for what one checkpoint keeps the next has to keep, too.
        for (int restart = 0; restart < 2; restart++) {
            try (Harness<?, ?> harness = harness(BY_DIVISION, Lateness.correct(ofDays(1)), table, state)) {
                harness.add(Orders.at("2015-01-01T10:30:00", "담배", 11));
                state = harness.checkpoint();
                assertThat(harness.changes).isEmpty();
                assertThat(harness.operator.lateRecords.getCount()).isEqualTo(1);
            }
        }
        try (Harness<?, ?> harness = harness(BY_DIVISION, Lateness.correct(ofDays(1)), table, state)) {
            harness.passed(Orders.at("2015-01-01T13:00:00", "담배", 0));
            harness.add(Orders.at("2015-01-01T11:30:00", "담배", 11));
            harness.checkpoint();
            assertThat(harness.changes).hasSize(1);
        }
    }
}
