package io.tributary.speed;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Slices on event time: refuses those that are past, and forgets them when the watermark says so. */
abstract class WindowedOperator<K, P, E, A, OUT> extends SliceOperator<K, P, E, A, OUT> {
    private static final long serialVersionUID = 1L;

    final Horizon horizon;
    transient long frontier;

    /** Never goes back: what was forgotten once is not there to be corrected, however late that may be from now on. */
    transient long lastFinal;

    private transient long watermark;
    private transient @Nullable ListState<Long> finals;
    private transient boolean warned;
    transient Counter partlyLateRecords = new SimpleCounter();

    WindowedOperator(
            StateLayout<K, P, E> layout, Combiner<?, A> combiner, TypeInformation<A> valueType, Horizon horizon) {
        super(layout, combiner, valueType);
        this.horizon = horizon;
    }

    /** The cache has got a value. */
    abstract void added(Contribution<K, A> contribution, boolean firstOfSlice);

    /** The frontier is about to move from where it is; slices that are past then are forgotten afterwards. */
    abstract void advance(long newFrontier, long newLastFinal);

    /** The cache has been restored and the frontier set. */
    abstract void restored();

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        finals = Watermarks.of(context, "last-final");
        lastFinal = Watermarks.least(finals.get());
        super.initializeState(context);
    }

    @Override
    public void open() throws Exception {
        super.open();
        partlyLateRecords = SpeedMetrics.of(getRuntimeContext()).counter("partly_late_records_total");
    }

    @Override
    long progress() {
        return watermark;
    }

    @Override
    void resume(Iterable<Long> progress) {
        watermark = Watermarks.least(progress);
        frontier = horizon.frontier(watermark);
        lastFinal = Math.max(lastFinal, horizon.lastFinal(frontier));
        restored();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (finals != null) {
            Watermarks.keep(finals, lastFinal);
        }
    }

    @Override
    public void processElement(StreamRecord<Contribution<K, A>> element) {
        Contribution<K, A> contribution = element.getValue();
        long slice = contribution.slice();
        if (horizon.isPast(slice, lastFinal)) {
            lateRecords.inc(contribution.records());
            if (!warned) {
                warned = true;
                LOG.warn(
                        "Cannot add records of {} to slice {}, which is past: dropped, as an idle input has woken up",
                        getOperatorName(),
                        LocalDateTime.ofEpochSecond(slice, 0, ZoneOffset.UTC));
            }
            return;
        }
        if (horizon.isPartlyPast(slice, lastFinal)) {
            partlyLateRecords.inc(contribution.records());
        }
        boolean first = cache.merge(slice, contribution.key(), contribution.value());
        added(contribution, first);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = Math.max(watermark, mark.getTimestamp());
        long newFrontier = horizon.frontier(watermark);
        if (newFrontier > frontier) {
            long newLastFinal = Math.max(lastFinal, horizon.lastFinal(newFrontier));
            advance(newFrontier, newLastFinal);
            frontier = newFrontier;
            lastFinal = newLastFinal;
            while (!cache.isEmpty() && horizon.isPast(cache.first(), lastFinal)) {
                cache.removeFirst();
            }
        }
        super.processWatermark(mark);
    }
}
