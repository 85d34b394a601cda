package io.tributary.speed;

import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Assigns each record its ingest partition, once. A task never goes back to an earlier partition: after a
 * failure, or with another parallelism, each goes on from the newest of all tasks; in a lake that has seals,
 * behind the newest of them.
 */
final class Stamp<R> extends AbstractStreamOperator<Arrived<R>>
        implements OneInputStreamOperator<R, Arrived<R>>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final PartitionLayout layout;
    private final ArrivalClock<R> clock;
    private final @Nullable Lake<R> lake;

    /** Of all tasks, and whether the task had ended. */
    private transient @Nullable ListState<Tuple2<Instant, Boolean>> state;

    private transient Instant partition = Instant.MIN;
    private transient Instant end = Instant.MIN;
    private transient boolean ended;

    /**
     * The lake to which the records go.
     *
     * @param input the side output for its writers
     */
    record Lake<R>(OutputTag<LakeInput<R>> input, LakeSeals seals, LaterSeals later) implements Serializable {}

    Stamp(PartitionLayout layout, ArrivalClock<R> clock, @Nullable Lake<R> lake) {
        this.layout = layout;
        this.clock = clock;
        this.lake = lake;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        ListState<Tuple2<Instant, Boolean>> ofTasks = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("partition", Types.TUPLE(Types.INSTANT, Types.BOOLEAN)));
        List<Tuple2<Instant, Boolean>> restored = new ArrayList<>();
        ofTasks.get().forEach(restored::add);
        state = ofTasks;
        ended = false;
        goTo(restored.isEmpty() ? afterNewestSeal() : newest(restored));
        if (!restored.isEmpty()
                && lake != null
                && getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            checkSeals(lake, floor(restored));
        }
    }

    private Instant afterNewestSeal() throws Exception {
        Optional<Partition> newest =
                lake == null ? Optional.empty() : lake.seals().newest();
        return newest.map(Partition::end).orElse(Instant.MIN);
    }

    private static Instant newest(List<Tuple2<Instant, Boolean>> restored) {
        return restored.stream().map(task -> task.f0).max(Instant::compareTo).orElseThrow();
    }

    /** What lies before it may have been sealed with the restored checkpoint, what starts from it on may not. */
    private static Instant floor(List<Tuple2<Instant, Boolean>> restored) {
        return restored.stream()
                .filter(task -> !task.f1)
                .map(task -> task.f0)
                .min(Instant::compareTo)
                .orElseGet(() -> newest(restored));
    }

    private void checkSeals(Lake<R> target, Instant floor) throws Exception {
        List<Partition> later = target.seals().from(floor);
        if (later.isEmpty()) {
            return;
        }
        if (target.later() == LaterSeals.REFUSE) {
            throw new SuppressRestartsException(new IllegalStateException(
                    "Cannot go on from a checkpoint at %s: %d partitions of %s were sealed later, the newest is %s (restore a later checkpoint, or withdraw them by LaterSeals.WITHDRAW)"
                            .formatted(
                                    floor, later.size(), target.seals().lake().location(), later.get(0))));
        }
        for (Partition sealed : later) {
            LOG.warn("withdraws the manifest of {}, which was sealed after the restored checkpoint", sealed);
            target.seals().withdraw(sealed);
        }
    }

    @Override
    public void processElement(StreamRecord<R> element) {
        R row = element.getValue();
        advance(now(row));
        Arrived<R> arrived = new Arrived<>(partition, row);
        if (lake != null) {
            output.collect(lake.input(), new StreamRecord<>(new LakeInput.Row<>(arrived)));
        }
        output.collect(element.replace(arrived));
    }

    private Instant now(R row) {
        if (clock instanceof ArrivalClock.OfRecord<R> replayed) {
            return replayed.time().apply(row);
        }
        return ((ArrivalClock.OfTask<R>) clock).source().instant();
    }

    private void advance(Instant now) {
        if (!now.isBefore(end)) {
            goTo(layout.partitionOf(now).start());
        }
    }

    private void goTo(Instant start) {
        partition = start;
        end = start.equals(Instant.MIN) ? start : layout.partitionOf(start).end();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        if (ended) {
            return;
        }
        if (clock instanceof ArrivalClock.OfTask<R> ofTask) {
            advance(ofTask.source().instant());
        }
        mark(partition);
    }

    private void mark(Instant start) {
        if (lake != null) {
            int task = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            int tasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
            output.collect(
                    lake.input(), new StreamRecord<>(new LakeInput.Marked<>(new Delivery.Mark(task, tasks, start))));
        }
    }

    /** All is sealed now; whoever goes on from here begins with the next partition. */
    @Override
    public void endInput() {
        ended = true;
        partition = end;
        mark(Instant.MAX);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (state != null) {
            state.update(List.of(Tuple2.of(partition, ended)));
        }
    }
}
