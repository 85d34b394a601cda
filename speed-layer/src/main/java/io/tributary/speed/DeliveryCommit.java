package io.tributary.speed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * The one task that commits what all writers have handed over before a barrier, when its checkpoint is complete:
 * makes the files visible, then seals the partitions before the least of the checkpoint's marks. What was
 * committed is told to nobody: at the end of the input there is nobody any more to hear it.
 */
final class DeliveryCommit extends AbstractStreamOperator<Void> implements OneInputStreamOperator<Delivery, Void> {
    private static final long serialVersionUID = 1L;

    private final LakeDirectory lake;
    private final TypeInformation<Delivery> type;
    private final @Nullable PartitionSealer sealer;

    private transient List<Delivery> arriving = new ArrayList<>();
    private transient NavigableMap<Long, List<Delivery>> pending = new TreeMap<>();
    private transient List<Delivery.Part> unsealed = new ArrayList<>();
    private transient Set<Integer> ended = new HashSet<>();
    private transient Instant reached = Instant.MIN;
    private transient boolean isRestoring;
    private transient PartitionSealer.@Nullable Chain chain;
    private transient Counter deliveredRecords = new SimpleCounter();
    private transient Counter deliveredBytes = new SimpleCounter();
    private transient Counter sealedPartitions = new SimpleCounter();

    private transient @Nullable ListState<Tuple2<Long, Delivery>> pendingState;
    private transient @Nullable ListState<Delivery> unsealedState;
    private transient @Nullable ListState<Tuple4<Instant, Instant, String, Long>> chainState;

    /** @param sealer null for files that are in no partition */
    DeliveryCommit(LakeDirectory lake, TypeInformation<Delivery> type, @Nullable PartitionSealer sealer) {
        this.lake = lake;
        this.type = type;
        this.sealer = sealer;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        MetricGroup metrics = SpeedMetrics.of(getRuntimeContext());
        deliveredRecords = metrics.counter("delivered_records_total");
        deliveredBytes = metrics.counter("delivered_bytes_total");
        sealedPartitions = metrics.counter("sealed_partitions_total");
        arriving = new ArrayList<>();
        pending = new TreeMap<>();
        unsealed = new ArrayList<>();
        ended = new HashSet<>();
        reached = Instant.MIN;
        chain = sealer == null ? null : sealer.begin();
        var ofPending = context.getOperatorStateStore()
                .getListState(
                        new ListStateDescriptor<Tuple2<Long, Delivery>>("pending", Types.TUPLE(Types.LONG, type)));
        var ofUnsealed =
                context.getOperatorStateStore().getListState(new ListStateDescriptor<Delivery>("unsealed", type));
        var ofChain = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<Tuple4<Instant, Instant, String, Long>>(
                        "chain", Types.TUPLE(Types.INSTANT, Types.INSTANT, Types.STRING, Types.LONG)));
        for (Tuple2<Long, Delivery> item : ofPending.get()) {
            pending.computeIfAbsent(item.f0, id -> new ArrayList<>()).add(item.f1);
        }
        for (Delivery delivery : ofUnsealed.get()) {
            if (delivery instanceof Delivery.Part part) {
                unsealed.add(part);
            }
        }
        for (Tuple4<Instant, Instant, String, Long> link : ofChain.get()) {
            chain = sealer == null
                    ? null
                    : sealer.resume(new PartitionSealer.Chain(link.f0, link.f1, link.f2, link.f3, 0));
        }
        pendingState = ofPending;
        unsealedState = ofUnsealed;
        chainState = ofChain;
        isRestoring = true;
        commit(Long.MAX_VALUE);
        isRestoring = false;
        // All tasks run again, also those that had ended and let all be sealed.
        ended.clear();
        reached = Instant.MIN;
    }

    @Override
    public void processElement(StreamRecord<Delivery> element) {
        arriving.add(element.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        pending.put(context.getCheckpointId(), arriving);
        arriving = new ArrayList<>();
        if (pendingState == null || unsealedState == null || chainState == null) {
            return;
        }
        List<Tuple2<Long, Delivery>> items = new ArrayList<>();
        pending.forEach((id, deliveries) -> deliveries.forEach(delivery -> items.add(Tuple2.of(id, delivery))));
        pendingState.update(items);
        unsealedState.update(List.copyOf(unsealed));
        chainState.update(
                chain == null
                        ? List.of()
                        : List.of(Tuple4.of(chain.begin(), chain.others(), chain.previous(), chain.epoch())));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        commit(checkpointId);
    }

    private void commit(long checkpointId) throws IOException {
        Instant floor = reached;
        RecoverableWriter files = lake.writer();
        NavigableMap<Long, List<Delivery>> complete = pending.headMap(checkpointId, true);
        for (List<Delivery> deliveries : complete.values()) {
            for (Delivery delivery : deliveries) {
                if (delivery instanceof Delivery.Part part) {
                    deliver(files, part);
                    deliveredRecords.inc(part.file().records());
                    deliveredBytes.inc(part.file().bytes());
                    if (sealer != null) {
                        unsealed.add(part);
                    }
                }
            }
            floor = leastMark(deliveries).orElse(floor);
        }
        complete.clear();
        if (sealer != null && chain != null && floor.isAfter(reached)) {
            String writer = "flink-" + getRuntimeContext().getJobInfo().getJobId();
            long before = chain.sealed();
            chain = sealer.sealBefore(floor, unsealed, chain, writer);
            sealedPartitions.inc(chain.sealed() - before);
            reached = floor;
        }
    }

    private void deliver(RecoverableWriter files, Delivery.Part part) throws IOException {
        try {
            lake.commit(files, part);
        } catch (IOException e) {
            // Its partition may have been sealed and compacted since the checkpoint, and the file have expired.
            if (sealer != null && sealer.isSealedWith(part)) {
                return;
            }
            // Files of no partition are people's, who may have moved what had been committed.
            if (sealer == null
                    && isRestoring
                    && ExceptionUtils.findThrowable(e, FileNotFoundException.class)
                            .isPresent()) {
                LOG.warn(
                        "cannot find {} of the restored checkpoint any more: goes on, as if it had been moved away",
                        part.key(),
                        e);
                return;
            }
            throw e;
        }
    }

    /** No task gives a record to a partition before it any more; empty when no task has told. */
    private Optional<Instant> leastMark(List<Delivery> deliveries) {
        Map<Integer, Instant> marks = new HashMap<>();
        int tasks = 0;
        for (Delivery delivery : deliveries) {
            if (delivery instanceof Delivery.Mark mark) {
                tasks = mark.tasks();
                marks.put(mark.task(), mark.partition());
                if (mark.isEnd()) {
                    ended.add(mark.task());
                }
            }
        }
        for (int task = 0; task < tasks; task++) {
            if (!marks.containsKey(task) && !ended.contains(task)) {
                throw new IllegalStateException(
                        "Cannot seal partitions: the mark of task %d of %d is missing (restore an earlier checkpoint)"
                                .formatted(task, tasks));
            }
        }
        return marks.values().stream().min(Instant::compareTo);
    }
}
