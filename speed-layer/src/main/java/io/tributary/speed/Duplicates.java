package io.tributary.speed;

import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first message of each id pass, and drops its copies, from whichever shard they come; the metric
 * {@code duplicate_records_total} counts these. Ahead of the fork, so that neither layer has them. Ids are kept with
 * the checkpoint: a job that fails and goes on drops the same.
 *
 * <p>An id is remembered for a duration by the clock of the cluster, which bounds the state; one copy that comes
 * later passes. With that of the stream's retention or more, no copy can come later, unless the job stood still.
 *
 * @param <R> the record
 */
public final class Duplicates<R> extends KeyedProcessFunction<String, Identified<R>, Outcome<R>> {
    private static final long serialVersionUID = 1L;

    private final Duration remembered;
    private transient @Nullable ValueState<Boolean> seen;
    private transient Counter dropped = new SimpleCounter();

    Duplicates(Duration remembered) {
        if (remembered.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "Invalid time to remember ids: %s (must be at least PT0.001S)".formatted(remembered));
        }
        this.remembered = remembered;
    }

    /** The messages without copies that come within a duration of the first. */
    public static <R> DataStream<Outcome<R>> removed(
            DataStream<Identified<R>> messages, Schema<R> schema, Duration remembered) {
        return removed(messages, schema, remembered, "duplicates-" + schema.name());
    }

    /**
     * The same of one of several streams of a schema in a job.
     *
     * @param uid names the operator's state
     */
    public static <R> DataStream<Outcome<R>> removed(
            DataStream<Identified<R>> messages, Schema<R> schema, Duration remembered, String uid) {
        DataStream<Outcome<R>> firsts = messages.filter(message -> message.id() != null)
                .name("with ids")
                .keyBy(message -> Objects.requireNonNull(message.id()), Types.STRING)
                .process(new Duplicates<>(remembered), Records.outcomesOf(schema))
                .uid(uid)
                .name("duplicates");
        DataStream<Outcome<R>> withoutIds = messages.filter(message -> message.id() == null)
                .name("without ids")
                .map(Identified::outcome, Records.outcomesOf(schema))
                .name("outcomes without ids");
        return firsts.union(withoutIds);
    }

    @Override
    public void open(OpenContext context) {
        ValueStateDescriptor<Boolean> descriptor = new ValueStateDescriptor<>("seen", Types.BOOLEAN);
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(remembered).build());
        seen = getRuntimeContext().getState(descriptor);
        dropped = SpeedMetrics.of(getRuntimeContext()).counter("duplicate_records_total");
    }

    @Override
    public void processElement(Identified<R> message, Context context, Collector<Outcome<R>> out) throws Exception {
        ValueState<Boolean> known = Objects.requireNonNull(seen, "open() first");
        if (known.value() == null) {
            known.update(true);
            out.collect(message.outcome());
        } else {
            dropped.inc();
        }
    }
}
