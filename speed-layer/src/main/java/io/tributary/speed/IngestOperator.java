package io.tributary.speed;

import io.tributary.view.IngestSlice;
import io.tributary.view.Partial;
import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.View;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Gives the slices of ingest partitions that have changed since the last flush, each as a whole. The time
 * of its cells is the start of their partition, in milliseconds; the newest one seen tells what is forgotten, for good:
 * to retain partitions longer brings none back.
 */
final class IngestOperator<R> extends SliceOperator<SliceKey, SliceKey, Long, Partial, IngestSlice>
        implements BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final View<R> view;
    private final ViewCombiner<R> combiner;
    private final SpeedOptions options;
    private final IngestOptions ingest;
    private final @Nullable OutputTag<IngestSlice> lateTag;

    private transient Set<Cell<SliceKey>> changed = new HashSet<>();
    private transient @Nullable FlushTimer timer;
    private transient long firstKept;

    IngestOperator(
            View<R> view,
            StateLayout<SliceKey, SliceKey, Long> layout,
            TypeInformation<Partial> partialType,
            SpeedOptions options,
            IngestOptions ingest,
            @Nullable OutputTag<IngestSlice> lateTag) {
        super(layout, new ViewCombiner<>(view), partialType);
        this.view = view;
        this.combiner = new ViewCombiner<>(view);
        this.options = options;
        this.ingest = ingest;
        this.lateTag = lateTag;
    }

    @Override
    long progress() {
        return firstKept;
    }

    /**
     * What any of the tasks has forgotten stays forgotten. All that is kept is given again,
     * since what was given before and is not in state may have been wrong.
     */
    @Override
    void resume(Iterable<Long> progress) {
        changed = new HashSet<>();
        firstKept = Long.MIN_VALUE;
        for (long ofTask : progress) {
            firstKept = Math.max(firstKept, ofTask);
        }
        forget();
        for (long partition : cache.slices()) {
            cache.forEach(partition, partition + 1, (key, value) -> changed.add(new Cell<>(partition, key)));
        }
    }

    private boolean isForgotten(long partition) {
        return partition < firstKept;
    }

    private void forget() {
        while (!cache.isEmpty() && isForgotten(cache.first())) {
            cache.removeFirst();
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        timer = new FlushTimer(getProcessingTimeService(), options.flushInterval(), this::flush);
    }

    @Override
    public void processElement(StreamRecord<Contribution<SliceKey, Partial>> element) {
        Contribution<SliceKey, Partial> contribution = element.getValue();
        long partition = contribution.slice();
        if (isForgotten(partition)) {
            late(contribution);
            return;
        }
        long kept = ingest.firstKept(partition);
        if (kept > firstKept) {
            firstKept = kept;
            if (!cache.isEmpty() && isForgotten(cache.first())) {
                flush();
                forget();
            }
        }
        cache.merge(partition, contribution.key(), contribution.value());
        changed.add(new Cell<>(partition, contribution.key()));
        if (changed.size() >= options.maxPartials()) {
            flush();
        } else {
            Objects.requireNonNull(timer).arm();
        }
    }

    private void late(Contribution<SliceKey, Partial> contribution) {
        lateRecords.inc(contribution.records());
        if (ingest.forgotten() == Forgotten.FAIL) {
            throw new IllegalStateException(
                    "Cannot add %d records to partition %s of view %s: what is before %s was forgotten (drop such records, or retain partitions longer from the start)"
                            .formatted(
                                    contribution.records(),
                                    Instant.ofEpochMilli(contribution.slice()),
                                    view.name(),
                                    Instant.ofEpochMilli(firstKept)));
        }
        if (lateTag != null) {
            output.collect(
                    lateTag, new StreamRecord<>(slice(contribution.slice(), contribution.key(), contribution.value())));
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void endInput() {
        flush();
    }

    private void flush() {
        for (Cell<SliceKey> cell : changed) {
            Partial partial = cache.get(cell.slice(), cell.key());
            if (partial != null) {
                emit(slice(cell.slice(), cell.key(), combiner.copy(partial)));
            }
        }
        changed.clear();
    }

    private static IngestSlice slice(long partition, SliceKey key, Partial partial) {
        return new IngestSlice(Instant.ofEpochMilli(partition), new SlicePartial(key, partial));
    }
}
