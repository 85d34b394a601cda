package io.tributary.speed;

import io.tributary.codec.JsonLines;
import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from JSON lines, one a message. What is not a record goes to the side output {@link
 * #rejects()} with its reason, so that nothing is lost; the metrics {@code acceptedRecords} and {@code
 * rejectedRecords} add up to what was read.
 *
 * @param <R> the record
 */
public final class DecodeJson<R> extends ProcessFunction<byte[], R> implements ResultTypeQueryable<R> {
    private static final long serialVersionUID = 1L;

    private final Schema<R> schema;
    private final OutputTag<Outcome.Rejected<R>> rejects =
            new OutputTag<>("rejects", new DescribedType<>(Outcome.Rejected.class, new RejectedSerializer<>()));
    private transient @Nullable JsonLines<R> format;
    private transient Counter accepted = new SimpleCounter();
    private transient Counter rejected = new SimpleCounter();

    private DecodeJson(Schema<R> schema) {
        this.schema = schema;
    }

    public static <R> DecodeJson<R> of(Schema<R> schema) {
        return new DecodeJson<>(schema);
    }

    /** Where the messages go that are no records. */
    public OutputTag<Outcome.Rejected<R>> rejects() {
        return rejects;
    }

    @Override
    public TypeInformation<R> getProducedType() {
        return Records.typeOf(schema);
    }

    @Override
    public void open(OpenContext context) {
        format = JsonLines.of(schema);
        accepted = getRuntimeContext().getMetricGroup().counter("acceptedRecords");
        rejected = getRuntimeContext().getMetricGroup().counter("rejectedRecords");
    }

    @Override
    public void processElement(byte[] line, Context context, Collector<R> out) {
        Outcome<R> outcome = Objects.requireNonNull(format, "open() first").decode(line);
        if (outcome instanceof Outcome.Accepted<R> record) {
            accepted.inc();
            out.collect(record.value());
        } else if (outcome instanceof Outcome.Rejected<R> reject) {
            rejected.inc();
            context.output(rejects, reject);
        }
    }
}
