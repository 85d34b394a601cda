package io.tributary.speed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates before the shuffle, so that one contribution a cell travels instead of each record. Passes
 * on what it holds when that is too much or too old, before a barrier, and before a watermark that ends a
 * slice of it; so a record that is in time here is in time behind it. Late records leave here, where they
 * are still records. Its only state is how far time is.
 */
final class PreAggregator<T, K, A> extends AbstractStreamOperator<Contribution<K, A>>
        implements OneInputStreamOperator<T, Contribution<K, A>>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final Cell.Of<T, K> cells;
    private final Combiner<T, A> combiner;
    private final SpeedOptions options;
    private final @Nullable Horizon horizon;
    private final @Nullable OutputTag<T> lateTag;

    /** In the order of arrival: slices that came in order leave in order. */
    private transient Map<Cell<K>, Held<A>> held = new LinkedHashMap<>();

    private transient @Nullable FlushTimer timer;
    private transient long earliestEnd;
    private transient long watermark;
    private transient long lastFinal;
    private transient boolean hadEnded;
    private transient boolean idle;
    private transient Counter lateRecords = new SimpleCounter();
    private transient @Nullable ListState<Long> watermarks;
    private transient @Nullable ListState<Long> finals;

    private static final class Held<A> {
        A value;
        long records;

        Held(A value) {
            this.value = value;
        }
    }

    /**
     * @param name of the view, for messages
     * @param horizon null when nothing is late
     * @param lateTag null when late records are dropped
     */
    PreAggregator(
            String name,
            Cell.Of<T, K> cells,
            Combiner<T, A> combiner,
            SpeedOptions options,
            @Nullable Horizon horizon,
            @Nullable OutputTag<T> lateTag) {
        this.name = name;
        this.cells = cells;
        this.combiner = combiner;
        this.options = options;
        this.horizon = horizon;
        this.lateTag = lateTag;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        watermarks = Watermarks.of(context, "watermark");
        finals = Watermarks.of(context, "last-final");
        watermark = Watermarks.least(watermarks.get());
        hadEnded = watermark == Long.MAX_VALUE;
        lastFinal = Watermarks.least(finals.get());
        if (horizon != null) {
            lastFinal = Math.max(lastFinal, horizon.lastFinal(horizon.frontier(watermark)));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        timer = new FlushTimer(getProcessingTimeService(), options.flushInterval(), this::flush);
        held = new LinkedHashMap<>();
        earliestEnd = Long.MAX_VALUE;
        lateRecords = SpeedMetrics.lateRecords(getRuntimeContext());
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        if (horizon != null && hadEnded) {
            throw new IllegalStateException(
                    "Cannot add a record to %s: the input had ended when its state was saved (stop without --drain, or begin the view anew)"
                            .formatted(name));
        }
        T value = element.getValue();
        try {
            Cell<K> cell = cells.cell(value);
            if (horizon != null && horizon.isPast(cell.slice(), lastFinal)) {
                late(element);
                return;
            }
            Held<A> of = held.get(cell);
            if (of == null) {
                of = new Held<>(combiner.create());
                hold(cell, of);
            }
            of.value = combiner.add(of.value, value);
            of.records++;
        } catch (Exception e) {
            throw new IllegalStateException("Cannot add a record to %s: %s".formatted(name, e.getMessage()), e);
        }
        if (idle || held.size() >= options.maxPartials()) {
            flush();
        }
    }

    private void hold(Cell<K> cell, Held<A> of) {
        held.put(cell, of);
        if (horizon != null) {
            earliestEnd = Math.min(earliestEnd, horizon.window().firstEndOf(cell.slice()));
        }
        Objects.requireNonNull(timer).arm();
    }

    private void late(StreamRecord<T> element) {
        lateRecords.inc();
        if (lateTag != null) {
            output.collect(lateTag, element);
        }
    }

    private void flush() {
        held.forEach((cell, of) ->
                output.collect(new StreamRecord<>(new Contribution<>(cell.key(), cell.slice(), of.value, of.records))));
        held.clear();
        earliestEnd = Long.MAX_VALUE;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = Math.max(watermark, mark.getTimestamp());
        if (horizon != null) {
            long frontier = horizon.frontier(watermark);
            lastFinal = Math.max(lastFinal, horizon.lastFinal(frontier));
            if (frontier >= earliestEnd) {
                flush();
            }
        }
        super.processWatermark(mark);
    }

    /** What an idle task holds would be late behind the shuffle, where time goes on without it. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        idle = status.isIdle();
        if (idle) {
            flush();
        }
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (watermarks != null && finals != null) {
            Watermarks.keep(watermarks, watermark);
            Watermarks.keep(finals, lastFinal);
        }
    }

    @Override
    public void endInput() {
        flush();
    }
}
