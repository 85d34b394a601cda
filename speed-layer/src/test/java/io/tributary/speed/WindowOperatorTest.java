package io.tributary.speed;

import static io.tributary.speed.Readings.bySensor;
import static io.tributary.speed.Readings.contribution;
import static io.tributary.view.Window.cumulate;
import static io.tributary.view.Window.slide;
import static io.tributary.view.Window.tumble;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.speed.Readings.Reading;
import io.tributary.view.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowOperatorTest {
    private static final Window<Reading> TUMBLE = tumble(Readings.TIME).every(ofSeconds(10));
    private static final Window<Reading> SLIDE =
            slide(Readings.TIME).size(ofSeconds(20)).every(ofSeconds(10));
    private static final Window<Reading> CUMULATE =
            cumulate(Readings.TIME).step(ofSeconds(10)).upTo(ofSeconds(40));

    private static final class Harness implements AutoCloseable {
        final KeyedOneInputStreamOperatorTestHarness<String, Contribution<String, long[]>, String> flink;
        final WindowOperator<String, String, Long, long[], String> operator;

        Harness(Window<Reading> window, StateBackend backend, int parallelism, int subtask) throws Exception {
            operator = new WindowOperator<>(
                    bySensor(),
                    new Readings.Sum(),
                    Readings.SUM_TYPE,
                    Horizon.of(window, Duration.ZERO),
                    (span, sums, out) -> sums.forEach((sensor, sum) ->
                            out.accept("%s %d-%d %d".formatted(sensor, span.start(), span.end(), sum[0]))));
            flink = Readings.harness(operator, bySensor(), parallelism, subtask);
            flink.setStateBackend(backend);
            flink.setup(Types.STRING.createSerializer(flink.getExecutionConfig().getSerializerConfig()));
        }

        static Harness open(Window<Reading> window) throws Exception {
            Harness harness = new Harness(window, new HashMapStateBackend(), 1, 0);
            harness.flink.open();
            return harness;
        }

        void add(String sensor, long slice, long value) throws Exception {
            flink.processElement(contribution(sensor, slice, value));
        }

        /** Everything before a second has come. */
        void passed(long second) throws Exception {
            flink.processWatermark(second * 1000 - 1);
        }

        long keysInState() {
            try (Stream<?> keys = operator.getKeyedStateBackend().getKeys("slices", VoidNamespace.INSTANCE)) {
                return keys.count();
            }
        }

        List<String> results() {
            List<String> results = new ArrayList<>(flink.extractOutputValues());
            results.sort(null);
            return results;
        }

        @Override
        public void close() throws Exception {
            flink.close();
        }
    }

    private static StateBackend backend(String name) {
        return name.equals("rocksdb") ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    }

    @Test
    void aWindowIsGivenWhenTheWatermarkPassesItsEnd() throws Exception {
        try (Harness harness = Harness.open(TUMBLE)) {
            harness.add("a", 0, 1);
            harness.add("b", 0, 2);
            harness.add("a", 0, 3);
            harness.flink.processWatermark(9_998);
            assertThat(harness.results()).isEmpty();

            harness.passed(10);
            assertThat(harness.results()).containsExactly("a 0-10 4", "b 0-10 2");

            harness.passed(30);
            assertThat(harness.results()).hasSize(2);
        }
    }

    @Test
    void resultsPrecedeTheWatermarkThatClosesTheirWindowAndCarryItsLastMillisecond() throws Exception {
        try (Harness harness = Harness.open(TUMBLE)) {
            harness.add("a", 0, 1);
            harness.passed(10);

            assertThat(new ArrayList<Object>(harness.flink.getOutput()))
                    .containsExactly(new StreamRecord<>("a 0-10 1", 9_999), new Watermark(9_999));
        }
    }

    @Test
    void slidingWindowsShareSlices() throws Exception {
        try (Harness harness = Harness.open(SLIDE)) {
            harness.add("a", 0, 1);
            harness.add("a", 10, 2);
            harness.passed(100);

            assertThat(harness.results()).containsExactly("a -10-10 1", "a 0-20 3", "a 10-30 2");
        }
    }

    @Test
    void cumulatingWindowsGiveEmptyStepsFromTheFirstSliceWithData() throws Exception {
        try (Harness harness = Harness.open(CUMULATE)) {
            harness.add("a", 10, 1);
            harness.passed(20);
            harness.add("b", 20, 5);
            harness.passed(200);

            assertThat(harness.results()).containsExactly("a 0-20 1", "a 0-30 1", "a 0-40 1", "b 0-30 5", "b 0-40 5");
        }
    }

    @Test
    void aLateContributionIsDroppedAndCounted() throws Exception {
        try (Harness harness = Harness.open(TUMBLE)) {
            harness.passed(10);
            harness.add("a", 0, 1);
            harness.passed(100);

            assertThat(harness.results()).isEmpty();
            assertThat(harness.operator.lateRecords.getCount()).isEqualTo(1);
        }
    }

    @Test
    void aPartlyLateContributionCountsInTheWindowsThatAreOpen() throws Exception {
        try (Harness harness = Harness.open(CUMULATE)) {
            harness.add("a", 0, 1);
            harness.passed(20);
            harness.add("a", 0, 10);
            harness.add("a", 10, 100);
            harness.passed(40);

            assertThat(harness.results()).containsExactly("a 0-10 1", "a 0-20 1", "a 0-30 111", "a 0-40 111");
            assertThat(harness.operator.lateRecords.getCount()).isZero();
            assertThat(harness.operator.partlyLateRecords.getCount()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void stateIsWrittenAtTheBarrierAndEmptyWhenAllWindowsHavePassed(String backend) throws Exception {
        try (Harness harness = new Harness(SLIDE, backend(backend), 1, 0)) {
            harness.flink.open();
            harness.add("a", 0, 1);
            harness.add("a", 10, 1);
            harness.add("b", 10, 1);
            assertThat(harness.keysInState()).isZero();

            harness.flink.snapshot(1, 1);
            assertThat(harness.keysInState()).isPositive();

            harness.passed(1_000);
            harness.flink.snapshot(2, 2);
            assertThat(harness.keysInState()).isZero();
            assertThat(harness.operator.cache.isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void restoringContinuesAsIfNothingHadHappened(String backend) throws Exception {
        OperatorSubtaskState state;
        try (Harness before = new Harness(CUMULATE, backend(backend), 1, 0)) {
            before.flink.open();
            before.add("a", 0, 1);
            before.flink.snapshot(1, 1);
            before.add("a", 0, 1);
            before.add("b", 10, 4);
            before.passed(10);
            state = before.flink.snapshot(2, 2);
            before.add("a", 10, 1_000);
            assertThat(before.results()).containsExactly("a 0-10 2");
        }
        try (Harness after = new Harness(CUMULATE, backend(backend), 1, 0)) {
            after.flink.initializeState(state);
            after.flink.open();
            after.add("a", 10, 10);
            after.passed(20);
            after.add("a", -40, 7);
            after.passed(40);

            assertThat(after.results())
                    .containsExactly("a 0-20 12", "a 0-30 12", "a 0-40 12", "b 0-20 4", "b 0-30 4", "b 0-40 4");
            assertThat(after.operator.lateRecords.getCount()).isEqualTo(1);
        }
    }

    /** After a restart watermarks come anew, from before the one of the checkpoint. */
    @Test
    void aWindowIsGivenOnceThoughTheWatermarkOfASecondCheckpointIsEarlier() throws Exception {
        OperatorSubtaskState state;
        try (Harness first = Harness.open(CUMULATE)) {
            first.add("a", 0, 1);
            first.passed(20);
            assertThat(first.results()).containsExactly("a 0-10 1", "a 0-20 1");
            state = first.flink.snapshot(1, 1);
        }
        try (Harness second = new Harness(CUMULATE, new HashMapStateBackend(), 1, 0)) {
            second.flink.initializeState(state);
            second.flink.open();
            second.passed(5);
            state = second.flink.snapshot(2, 2);
        }
        try (Harness third = new Harness(CUMULATE, new HashMapStateBackend(), 1, 0)) {
            third.flink.initializeState(state);
            third.flink.open();
            third.passed(20);
            assertThat(third.results()).isEmpty();
            third.passed(40);
            assertThat(third.results()).containsExactly("a 0-30 1", "a 0-40 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void everyKeyIsInOneTaskAfterRescaling(String backend) throws Exception {
        OperatorSubtaskState state;
        try (Harness one = new Harness(TUMBLE, backend(backend), 1, 0)) {
            one.flink.open();
            for (int i = 0; i < 20; i++) {
                one.add("s" + i, 10, i);
            }
            one.passed(10);
            state = one.flink.snapshot(1, 1);
        }
        List<OperatorSubtaskState> ofTwo = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (Harness two = new Harness(TUMBLE, backend(backend), 2, subtask)) {
                two.flink.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, Readings.MAX_PARALLELISM, 1, 2, subtask));
                two.flink.open();
                assertThat(two.operator.cache.isEmpty()).isFalse();
                ofTwo.add(two.flink.snapshot(2, 2));
            }
        }
        try (Harness again = new Harness(TUMBLE, backend(backend), 1, 0)) {
            again.flink.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    AbstractStreamOperatorTestHarness.repackageState(ofTwo.get(0), ofTwo.get(1)),
                    Readings.MAX_PARALLELISM,
                    2,
                    1,
                    0));
            again.flink.open();
            again.passed(20);

            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                expected.add("s%d 10-20 %d".formatted(i, i));
            }
            expected.sort(null);
            assertThat(again.results()).isEqualTo(expected);
        }
    }
}
