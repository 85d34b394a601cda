package io.tributary.speed;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * What windows give: their results, and the records that came too late for them.
 *
 * @param <T> the record
 * @param <OUT> the result
 */
public final class Results<T, OUT> {
    private final SingleOutputStreamOperator<OUT> stream;
    private final SingleOutputStreamOperator<?> partials;
    private final @Nullable OutputTag<T> late;

    Results(
            SingleOutputStreamOperator<OUT> stream,
            SingleOutputStreamOperator<?> partials,
            @Nullable OutputTag<T> late) {
        this.stream = stream;
        this.partials = partials;
        this.late = late;
    }

    public SingleOutputStreamOperator<OUT> stream() {
        return stream;
    }

    /**
     * The late records.
     *
     * @throws IllegalStateException when they have no side output
     */
    public DataStream<T> late() {
        if (late == null) {
            throw new IllegalStateException(
                    "Cannot give late records: they are dropped and counted (use Lateness.sideOutput())");
        }
        return partials.getSideOutput(late);
    }
}
