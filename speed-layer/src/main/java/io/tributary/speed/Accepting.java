package io.tributary.speed;

import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import io.tributary.schema.Schema;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets accepted records pass and puts the others aside; the metrics count both. Of the first that a task rejects the
 * log names the field, but neither what was read nor the reason, which can quote it: these are for the side output.
 */
abstract class Accepting<T, R> extends ProcessFunction<T, R> implements ResultTypeQueryable<R> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Accepting.class);

    final Schema<R> schema;
    private final OutputTag<Outcome.Rejected<R>> rejects =
            new OutputTag<>("rejects", new DescribedType<>(Outcome.Rejected.class, new RejectedSerializer<>()));
    private transient Counter accepted = new SimpleCounter();
    private transient Counter rejected = new SimpleCounter();

    Accepting(Schema<R> schema) {
        this.schema = schema;
    }

    abstract Outcome<R> outcomeOf(T input);

    /** Where the inputs go that are no records. */
    public final OutputTag<Outcome.Rejected<R>> rejects() {
        return rejects;
    }

    @Override
    public final TypeInformation<R> getProducedType() {
        return Records.typeOf(schema);
    }

    @Override
    public void open(OpenContext context) {
        MetricGroup metrics = SpeedMetrics.of(getRuntimeContext());
        accepted = metrics.counter("records_total");
        rejected = metrics.counter("rejected_records_total");
    }

    @Override
    public final void processElement(T input, Context context, Collector<R> out) {
        Outcome<R> outcome = outcomeOf(input);
        if (outcome instanceof Outcome.Accepted<R> record) {
            accepted.inc();
            out.collect(record.value());
        } else if (outcome instanceof Outcome.Rejected<R> reject) {
            if (rejected.getCount() == 0) {
                LOG.warn(
                        "Rejected the first of {}, {} (all are counted, and go to the side output with what was read)",
                        schema.name(),
                        placeOf(reject.rejection()));
            }
            rejected.inc();
            context.output(rejects, reject);
        }
    }

    private String placeOf(Rejection rejection) {
        String field = rejection.field();
        return field != null && schema.column(field).isPresent() ? "for its field " + field : "as a whole";
    }
}
