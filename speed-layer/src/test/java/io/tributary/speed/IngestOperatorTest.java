package io.tributary.speed;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.IngestSlice;
import io.tributary.view.Partial;
import io.tributary.view.SliceKey;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IngestOperatorTest {
    private static final View<EnrichedOrder> VIEW = RetailViews.DIVISION_SALES;
    private static final ViewTypes TYPES = ViewTypes.of(VIEW);
    private static final OutputTag<IngestSlice> LATE = new OutputTag<>("late", TYPES.ingestSlice());
    private static final Instant FOUR = Instant.parse("2023-09-07T04:00:00Z");

    private static final class Harness implements AutoCloseable {
        final ViewCombiner<EnrichedOrder> combiner = new ViewCombiner<>(VIEW);
        final IngestOperator<EnrichedOrder> operator;
        final KeyedOneInputStreamOperatorTestHarness<SliceKey, Contribution<SliceKey, Partial>, IngestSlice> flink;

        Harness(Forgotten forgotten, @Nullable OperatorSubtaskState state) throws Exception {
            this(forgotten, ofHours(2), state);
        }

        Harness(Forgotten forgotten, Duration retention, @Nullable OperatorSubtaskState state) throws Exception {
            StateLayout<SliceKey, SliceKey, Long> layout = new StateLayout.ByKey<>(TYPES.sliceKey());
            IngestOptions ingest =
                    IngestOptions.defaults().withRetention(retention).withForgotten(forgotten);
            operator = new IngestOperator<>(VIEW, layout, TYPES.partial(), SpeedOptions.defaults(), ingest, LATE);
            flink = Readings.harness(operator, layout, 1, 0);
            flink.setup(TYPES.ingestSlice().createSerializer(new SerializerConfigImpl()));
            if (state != null) {
                flink.initializeState(state);
            }
            flink.open();
        }

        void add(int hours, String division, long amount) throws Exception {
            EnrichedOrder order = Orders.at("2015-01-01T10:00:00", division, amount);
            Partial partial = combiner.add(combiner.create(), order);
            long partition = FOUR.plus(ofHours(hours)).toEpochMilli();
            flink.processElement(
                    new StreamRecord<>(new Contribution<>(new ViewCells<>(VIEW).keyOf(order), partition, partial, 1)));
        }

        List<String> flush() throws Exception {
            flink.prepareSnapshotPreBarrier(1);
            List<String> slices = flink.extractOutputValues().stream()
                    .map(slice -> "%s %s %s"
                            .formatted(
                                    slice.partition(),
                                    slice.slice().key().dimensions(),
                                    slice.slice().partial()))
                    .toList();
            flink.getOutput().clear();
            return slices;
        }

        @Override
        public void close() throws Exception {
            flink.close();
        }
    }

    @Test
    void aSliceIsGivenAsAWholeAndOnlyWhenItHasChanged() throws Exception {
        try (Harness harness = new Harness(Forgotten.DROP, null)) {
            harness.add(0, "담배", 100);
            harness.add(0, "음료", 7);
            harness.add(0, "담배", 10);
            assertThat(harness.flush())
                    .containsExactlyInAnyOrder(
                            "2023-09-07T04:00:00Z [담배] [2, 110.00]", "2023-09-07T04:00:00Z [음료] [1, 7.00]");

            harness.add(0, "담배", 1);
            harness.add(1, "담배", 5);
            assertThat(harness.flush())
                    .containsExactlyInAnyOrder(
                            "2023-09-07T04:00:00Z [담배] [3, 111.00]", "2023-09-07T05:00:00Z [담배] [1, 5.00]");
            assertThat(harness.flush()).isEmpty();
        }
    }

    @Test
    void givenSlicesDoNotChangeAfterwards() throws Exception {
        try (Harness harness = new Harness(Forgotten.DROP, null)) {
            harness.add(0, "담배", 100);
            harness.flink.prepareSnapshotPreBarrier(1);
            IngestSlice given = harness.flink.extractOutputValues().get(0);
            String before = given.toString();
            harness.add(0, "담배", 100);

            assertThat(given).hasToString(before);
        }
    }

    /** The slice that is stored holds more than one that would begin anew. */
    @Test
    void toRetainLongerBringsNothingBack() throws Exception {
        OperatorSubtaskState state;
        try (Harness harness = new Harness(Forgotten.DROP, ofHours(2), null)) {
            harness.add(0, "담배", 100);
            harness.add(3, "담배", 100);
            harness.flush();
            state = harness.flink.snapshot(1, 1);
        }
        try (Harness harness = new Harness(Forgotten.DROP, ofDays(2), state)) {
            harness.add(0, "담배", 1);
            harness.add(1, "담배", 2);
            assertThat(harness.operator.lateRecords.getCount()).isEqualTo(1);
            assertThat(harness.flush())
                    .containsExactlyInAnyOrder(
                            "2023-09-07T05:00:00Z [담배] [1, 2.00]", "2023-09-07T07:00:00Z [담배] [1, 100.00]");
        }
    }

    @Test
    void aForgottenPartitionIsNeverOverwrittenNorAfterARestart() throws Exception {
        OperatorSubtaskState state;
        try (Harness harness = new Harness(Forgotten.SIDE_OUTPUT, null)) {
            harness.add(0, "담배", 100);
            harness.add(2, "담배", 100);
            harness.add(0, "담배", 1);
            assertThat(harness.flush()).hasSize(2);
            harness.add(3, "담배", 100);
            harness.add(0, "담배", 1);
            assertThat(harness.flush()).hasSize(1);
            state = harness.flink.snapshot(1, 1);
            assertThat(harness.flink.numKeyedStateEntries()).isEqualTo(1);
            assertThat(harness.operator.lateRecords.getCount()).isEqualTo(1);
        }
        try (Harness harness = new Harness(Forgotten.SIDE_OUTPUT, state)) {
            harness.add(0, "담배", 7);
            harness.add(3, "담배", 11);

            assertThat(harness.flush())
                    .containsExactlyInAnyOrder(
                            "2023-09-07T06:00:00Z [담배] [1, 100.00]", "2023-09-07T07:00:00Z [담배] [2, 111.00]");
            assertThat(Objects.requireNonNull(harness.flink.getSideOutput(LATE)))
                    .singleElement()
                    .satisfies(late ->
                            assertThat(late.getValue().slice().partial()).hasToString("[1, 7.00]"));
        }
    }

    @Test
    void allThatIsKeptIsGivenAgainAfterARestart() throws Exception {
        OperatorSubtaskState state;
        try (Harness harness = new Harness(Forgotten.DROP, null)) {
            harness.add(0, "담배", 100);
            harness.add(1, "음료", 7);
            assertThat(harness.flush()).hasSize(2);
            state = harness.flink.snapshot(1, 1);
        }
        try (Harness harness = new Harness(Forgotten.DROP, state)) {
            assertThat(harness.flush())
                    .containsExactlyInAnyOrder(
                            "2023-09-07T04:00:00Z [담배] [1, 100.00]", "2023-09-07T05:00:00Z [음료] [1, 7.00]");
            assertThat(harness.flush()).isEmpty();
        }
    }

    @Test
    void theJobFailsAtAForgottenPartitionWhenTold() throws Exception {
        try (Harness harness = new Harness(Forgotten.FAIL, null)) {
            harness.add(9, "담배", 100);

            assertThatThrownBy(() -> harness.add(0, "담배", 100))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "Cannot add 1 records to partition 2023-09-07T04:00:00Z of view division-sales: "
                                    + "what is before 2023-09-07T11:00:00Z was forgotten (drop such records, or retain partitions longer from the start)");
        }
    }
}
