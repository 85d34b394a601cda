package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampTest {
    private static final Instant FOUR = Instant.parse("2023-09-07T04:00:00Z");
    private static final Instant FIVE = Instant.parse("2023-09-07T05:00:00Z");
    private static final Instant SIX = Instant.parse("2023-09-07T06:00:00Z");
    private static final Instant SEVEN = Instant.parse("2023-09-07T07:00:00Z");
    private static final int MOST_TASKS = 8;

    private static final ArrivedSerializer<EnrichedOrder> ROWS =
            new ArrivedSerializer<>(Records.typeOf(EnrichedOrder.SCHEMA).createSerializer(new SerializerConfigImpl()));
    private static final OutputTag<LakeInput<EnrichedOrder>> INPUT =
            new OutputTag<>("lake", new DescribedType<>(LakeInput.class, new LakeInputSerializer<>(ROWS)));
    private static final EnrichedOrder ORDER = Orders.at("2015-01-01T10:00:00", "담배", 1);

    private static Instant now = FOUR;

    @TempDir
    private Path directory;

    private LakeSeals seals;
    private LaterSeals later = LaterSeals.REFUSE;

    private record TestClock() implements InstantSource, Serializable {
        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void start() {
        now = FOUR;
        seals = new LakeSeals(new LakeDirectory(directory.toUri().toString()), Orders.LAYOUT);
    }

    private void seal(Instant start) throws Exception {
        Partition partition = Orders.LAYOUT.partitionOf(start);
        seals.put(
                partition,
                Manifest.of(EnrichedOrder.SCHEMA, partition, null, List.of(), new Manifest.Writer("test", 1), start));
    }

    private final class Task implements AutoCloseable {
        final OneInputStreamOperatorTestHarness<EnrichedOrder, Arrived<EnrichedOrder>> flink;

        Task(ArrivalClock<EnrichedOrder> clock, int index, int tasks, OperatorSubtaskState... states) throws Exception {
            Stamp<EnrichedOrder> stamp = new Stamp<>(Orders.LAYOUT, clock, new Stamp.Lake<>(INPUT, seals, later));
            flink = new OneInputStreamOperatorTestHarness<>(stamp, MOST_TASKS, tasks, index);
            flink.setup(ROWS);
            if (states.length > 0) {
                flink.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        AbstractStreamOperatorTestHarness.repackageState(states),
                        MOST_TASKS,
                        states.length,
                        tasks,
                        index));
            }
            flink.open();
        }

        Instant stamp(Instant arrival) throws Exception {
            now = arrival;
            flink.processElement(new StreamRecord<>(ORDER));
            List<Arrived<EnrichedOrder>> arrived = flink.extractOutputValues();
            return arrived.get(arrived.size() - 1).partition();
        }

        Delivery.Mark mark(long checkpoint) throws Exception {
            flink.getOperator().prepareSnapshotPreBarrier(checkpoint);
            return lastMark();
        }

        Delivery.Mark lastMark() {
            List<Delivery.Mark> marks = new ArrayList<>();
            for (StreamRecord<LakeInput<EnrichedOrder>> sent : flink.getSideOutput(INPUT)) {
                if (sent.getValue() instanceof LakeInput.Marked<EnrichedOrder> marked) {
                    marks.add(marked.mark());
                }
            }
            return marks.get(marks.size() - 1);
        }

        @Override
        public void close() throws Exception {
            flink.close();
        }
    }

    private Task task(int index, int tasks, OperatorSubtaskState... states) throws Exception {
        return new Task(ArrivalClock.of(new TestClock()), index, tasks, states);
    }

    private OperatorSubtaskState stateAt(Instant arrival, int index, int tasks) throws Exception {
        try (Task task = task(index, tasks)) {
            task.stamp(arrival);
            return task.flink.snapshot(1, 1);
        }
    }

    @Test
    void aTaskNeverGoesBack() throws Exception {
        try (Task task = task(0, 1)) {
            assertThat(task.stamp(FIVE.plusSeconds(59))).isEqualTo(FIVE);
            assertThat(task.stamp(FOUR)).isEqualTo(FIVE);
            assertThat(task.stamp(SIX.minusNanos(1))).isEqualTo(FIVE);
            assertThat(task.stamp(SIX)).isEqualTo(SIX);
        }
    }

    @Test
    void theLakeGetsTheSamePartitionAsTheViews() throws Exception {
        try (Task task = task(0, 1)) {
            task.stamp(FIVE);
            assertThat(task.flink.getSideOutput(INPUT))
                    .singleElement()
                    .satisfies(sent ->
                            assertThat(sent.getValue()).isEqualTo(new LakeInput.Row<>(new Arrived<>(FIVE, ORDER))));
        }
    }

    @Test
    void timeGoesOnAtCheckpointsWithoutRecords() throws Exception {
        try (Task task = task(1, 3)) {
            task.stamp(FOUR);
            now = SIX;
            assertThat(task.mark(1)).isEqualTo(new Delivery.Mark(1, 3, SIX));
        }
    }

    @Test
    void aReplayedClockGoesOnWithRecordsOnly() throws Exception {
        try (Task task = new Task(ArrivalClock.replayed(EnrichedOrder::eventTime), 0, 1)) {
            now = SEVEN;
            assertThat(task.mark(1).partition()).isEqualTo(Instant.MIN);
            assertThat(task.stamp(SEVEN)).isEqualTo(FOUR);
            assertThat(task.mark(2).partition()).isEqualTo(FOUR);
        }
    }

    @Test
    void allTasksGoOnFromTheNewestOfAll() throws Exception {
        OperatorSubtaskState ahead = stateAt(SIX, 0, 2);
        OperatorSubtaskState behind = stateAt(FIVE, 1, 2);
        for (int index = 0; index < 3; index++) {
            try (Task task = task(index, 3, ahead, behind)) {
                assertThat(task.stamp(FOUR)).isEqualTo(SIX);
            }
        }
    }

    @Test
    void aNewJobBeginsBehindTheNewestSeal() throws Exception {
        seal(FOUR);
        seal(SIX);
        try (Task task = task(0, 1)) {
            assertThat(task.stamp(FOUR)).isEqualTo(SEVEN);
        }
    }

    @Test
    void sealsBeforeTheRestoredCheckpointAreItsOwn() throws Exception {
        OperatorSubtaskState state = stateAt(SIX, 0, 1);
        seal(FIVE);
        try (Task task = task(0, 1, state)) {
            assertThat(task.stamp(SIX)).isEqualTo(SIX);
        }
    }

    @Test
    void laterSealsAreRefused() throws Exception {
        OperatorSubtaskState ahead = stateAt(SIX, 0, 2);
        OperatorSubtaskState behind = stateAt(FIVE, 1, 2);
        seal(FOUR);
        seal(FIVE);
        assertThatThrownBy(() -> task(0, 2, ahead, behind))
                .rootCause()
                .hasMessageStartingWith("Cannot go on from a checkpoint at 2023-09-07T05:00:00Z: 1 partitions of")
                .hasMessageContaining("the newest is data/year=2023/month=09/day=07/hour=05/");
    }

    @Test
    void laterSealsAreWithdrawnAsTold() throws Exception {
        OperatorSubtaskState state = stateAt(FIVE, 0, 1);
        seal(FOUR);
        seal(FIVE);
        seal(SEVEN);
        later = LaterSeals.WITHDRAW;
        try (Task task = task(0, 1, state)) {
            assertThat(task.stamp(FIVE)).isEqualTo(FIVE);
        }
        assertThat(seals.newest()).contains(Orders.LAYOUT.partitionOf(FOUR));
    }

    @Test
    void theLastPartitionOfAllIsSealedAtTheEnd() throws Exception {
        try (Task task = task(0, 1)) {
            task.stamp(Instant.parse("9999-12-31T23:59:59Z"));
            task.flink.endInput();
            assertThat(task.lastMark()).isEqualTo(new Delivery.Mark(0, 1, Instant.MAX));
        }
    }

    @Test
    void whoeverGoesOnBehindTheEndBeginsWithTheNextPartition() throws Exception {
        OperatorSubtaskState state;
        try (Task task = task(0, 1)) {
            task.stamp(FIVE);
            task.flink.endInput();
            assertThat(task.lastMark()).isEqualTo(new Delivery.Mark(0, 1, Instant.MAX));
            state = task.flink.snapshot(1, 1);
        }
        seal(FIVE);
        try (Task task = task(0, 1, state)) {
            assertThat(task.stamp(FIVE)).isEqualTo(SIX);
        }
    }
}
