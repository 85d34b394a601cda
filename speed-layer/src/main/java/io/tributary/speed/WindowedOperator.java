package io.tributary.speed;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Slices on event time: refuses those that are past, and forgets them when the watermark says so. */
abstract class WindowedOperator<K, P, E, A, OUT> extends SliceOperator<K, P, E, A, OUT> {
    private static final long serialVersionUID = 1L;

    final Horizon horizon;
    transient long frontier;
    private transient long watermark;
    private transient boolean warned;
    transient Counter partlyLateRecords = new SimpleCounter();

    WindowedOperator(
            StateLayout<K, P, E> layout, Combiner<?, A> combiner, TypeInformation<A> valueType, Horizon horizon) {
        super(layout, combiner, valueType);
        this.horizon = horizon;
    }

    /** The cache has got a value. */
    abstract void added(Contribution<K, A> contribution, boolean firstOfSlice);

    /** The frontier is about to move from where it is; slices that it passes are forgotten afterwards. */
    abstract void advance(long newFrontier);

    /** The cache has been restored and the frontier set. */
    abstract void restored();

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
        restored();
    }

    @Override
    public void processElement(StreamRecord<Contribution<K, A>> element) {
        Contribution<K, A> contribution = element.getValue();
        long slice = contribution.slice();
        if (horizon.isPast(slice, frontier)) {
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
        if (horizon.isPartlyPast(slice, frontier)) {
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
            advance(newFrontier);
            frontier = newFrontier;
            while (!cache.isEmpty() && horizon.isPast(cache.first(), frontier)) {
                cache.removeFirst();
            }
        }
        super.processWatermark(mark);
    }
}
