package io.tributary.speed;

import io.tributary.view.IngestSlice;
import io.tributary.view.SliceKey;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Checkpoint;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.View;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts slices into a speed store, in batches of which each holds a slice once, and commits them with the
 * checkpoint. What it resumes it expects to be given again as a whole.
 *
 * <p>Limitation: when all tasks end after the last checkpoint of a bounded job and before one of them hears
 * of it, that one is not committed, since Flink starts no finished operator again.
 */
final class StoreOperator extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<IngestSlice, Void>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final View<?> view;
    private final SpeedStore.Factory factory;
    private final SpeedOptions options;
    private final IngestOptions ingest;

    private transient Map<Address, IngestSlice> batch = new LinkedHashMap<>();
    /** In milliseconds: what lies before it is not given again, however long partitions are retained from now on. */
    private transient long firstKept;

    private transient boolean ended;
    /** The first checkpoint after the end of the input: others may follow, for which a finished task prepares nothing. */
    private transient long last;

    private transient boolean done;
    private transient @Nullable SpeedStore store;
    private transient SpeedStore.@Nullable Writer writer;
    private transient @Nullable FlushTimer timer;
    private transient Counter storedSlices = new SimpleCounter();
    private transient Counter commits = new SimpleCounter();
    /** Of each task: the generation of its writer, and the first partition that it kept. */
    private transient @Nullable ListState<Tuple2<Long, Long>> progress;

    private record Address(Instant partition, SliceKey key) {}

    StoreOperator(View<?> view, SpeedStore.Factory factory, SpeedOptions options, IngestOptions ingest) {
        this.view = view;
        this.factory = factory;
        this.options = options;
        this.ingest = ingest;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        ListState<Tuple2<Long, Long>> state = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("first-kept", Types.TUPLE(Types.LONG, Types.LONG)));
        progress = state;
        batch = new LinkedHashMap<>();
        firstKept = Long.MIN_VALUE;
        ended = false;
        done = false;
        last = Long.MAX_VALUE;
        long generation = 0;
        for (Tuple2<Long, Long> ofTask : state.get()) {
            generation = ofTask.f0;
            firstKept = Math.max(firstKept, ofTask.f1);
        }
        TaskInfo task = getRuntimeContext().getTaskInfo();
        WriterId id = new WriterId(task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
        SpeedStore opened = factory.open();
        store = opened;
        writer = opened.writer(view, id, start(generation, context.getRestoredCheckpointId()));
        MetricGroup metrics = SpeedMetrics.of(getRuntimeContext());
        storedSlices = metrics.counter("stored_slices_total");
        commits = metrics.counter("commits_total");
        metrics.gauge("store_retries_total", opened::retries);
    }

    private Start start(long generation, OptionalLong checkpoint) {
        Object job = getRuntimeContext().getJobInfo().getJobId();
        if (checkpoint.isEmpty() || generation == 0) {
            return Start.empty("%s from the beginning".formatted(job));
        }
        long number = checkpoint.getAsLong();
        return Start.resuming(
                "%s from checkpoint %s".formatted(job, number),
                new Checkpoint(generation, number),
                firstKept == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(firstKept));
    }

    @Override
    public void open() throws Exception {
        super.open();
        timer = new FlushTimer(getProcessingTimeService(), options.flushInterval(), this::flush);
    }

    @Override
    public void processElement(StreamRecord<IngestSlice> element) {
        IngestSlice slice = element.getValue();
        firstKept = Math.max(firstKept, ingest.firstKept(slice.partition().toEpochMilli()));
        batch.put(new Address(slice.partition(), slice.slice().key()), slice);
        if (batch.size() >= options.maxPartials()) {
            flush();
        } else {
            Objects.requireNonNull(timer).arm();
        }
    }

    private void flush() {
        if (batch.isEmpty()) {
            return;
        }
        try {
            writer().put(List.copyOf(batch.values()));
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Cannot put %d slices of view %s into the speed store: %s"
                            .formatted(batch.size(), view.name(), e.getMessage()),
                    e);
        }
        storedSlices.inc(batch.size());
        batch.clear();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
        if (done) {
            return;
        }
        writer().prepare(checkpointId);
        if (ended) {
            last = Math.min(last, checkpointId);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Objects.requireNonNull(progress).update(List.of(Tuple2.of(writer().generation(), firstKept)));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        if (!done) {
            writer().commit(checkpointId);
            commits.inc();
            done = checkpointId >= last;
        }
    }

    @Override
    public void endInput() {
        flush();
        ended = true;
    }

    @Override
    public void close() throws Exception {
        if (store != null) {
            store.close();
        }
        super.close();
    }

    private SpeedStore.Writer writer() {
        return Objects.requireNonNull(writer);
    }
}
