package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schema.Outcome;
import io.tributary.speed.Readings.Reading;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static final class Task implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<String, Identified<Reading>, Outcome<Reading>> flink;

        Task(int index, int tasks, OperatorSubtaskState... states) throws Exception {
            flink = new KeyedOneInputStreamOperatorTestHarness<>(
                    new KeyedProcessOperator<>(new Duplicates<>(HOUR)),
                    Identified::id,
                    Types.STRING,
                    Readings.MAX_PARALLELISM,
                    tasks,
                    index);
            flink.setup(Records.outcomesOf(Readings.SCHEMA)
                    .createSerializer(flink.getExecutionConfig().getSerializerConfig()));
            if (states.length > 0) {
                flink.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        AbstractStreamOperatorTestHarness.repackageState(states),
                        Readings.MAX_PARALLELISM,
                        states.length,
                        tasks,
                        index));
            }
            flink.open();
        }

        boolean passes(String id) throws Exception {
            int before = flink.extractOutputValues().size();
            flink.processElement(new Identified<>(id, Outcome.accepted(new Reading("a", 1, 1))), 1);
            return flink.extractOutputValues().size() > before;
        }

        @Override
        public void close() throws Exception {
            flink.close();
        }
    }

    @Test
    void passesTheFirstOfEachId() throws Exception {
        try (Task task = new Task(0, 1)) {
            assertThat(task.passes("1")).isTrue();
            assertThat(task.passes("2")).isTrue();
            assertThat(task.passes("1")).isFalse();
            assertThat(task.passes("1")).isFalse();
        }
    }

    @Test
    void remembersAnIdForItsTimeOnly() throws Exception {
        try (Task task = new Task(0, 1)) {
            task.flink.setStateTtlProcessingTime(0);
            assertThat(task.passes("1")).isTrue();
            task.flink.setStateTtlProcessingTime(HOUR.toMillis() - 1);
            assertThat(task.passes("1")).isFalse();
            task.flink.setStateTtlProcessingTime(HOUR.toMillis());
            assertThat(task.passes("1")).isTrue();
        }
    }

    @Test
    void forgetsIdsWithoutBeingAskedForThem() throws Exception {
        try (Task task = new Task(0, 1)) {
            task.flink.setStateTtlProcessingTime(0);
            for (int id = 0; id < 1000; id++) {
                task.passes("old " + id);
            }
            task.flink.setStateTtlProcessingTime(2 * HOUR.toMillis());
            for (int id = 0; id < 1000; id++) {
                task.passes("new " + id);
            }
            assertThat(task.flink.numKeyedStateEntries()).isLessThan(1500);
        }
    }

    @Test
    void remembersWhenTheJobGoesOnWithMoreTasks() throws Exception {
        OperatorSubtaskState state;
        try (Task task = new Task(0, 1)) {
            for (String id : List.of("1", "2", "3", "4")) {
                assertThat(task.passes(id)).isTrue();
            }
            state = task.flink.snapshot(1, 1);
        }
        try (Task first = new Task(0, 2, state);
                Task second = new Task(1, 2, state)) {
            for (String id : List.of("1", "2", "3", "4", "5")) {
                int index = KeyGroupRangeAssignment.assignKeyToParallelOperator(id, Readings.MAX_PARALLELISM, 2);
                assertThat((index == 0 ? first : second).passes(id)).isEqualTo(id.equals("5"));
            }
        }
    }

    @Test
    void refusesToRememberForNoTime() {
        assertThatThrownBy(() -> new Duplicates<Reading>(Duration.ZERO))
                .hasMessage("Invalid time to remember ids: PT0S (must be at least PT0.001S)");
    }
}
