package io.tributary.speed;

import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records and messages that are none. */
final class OutcomeSerializer<R> extends DescribedSerializer<Outcome<R>> {
    private static final long serialVersionUID = 1L;

    private final RecordSerializer<R> records;
    private final RejectedSerializer<R> rejects = new RejectedSerializer<>();

    OutcomeSerializer(Schema<R> schema) {
        this.records = new RecordSerializer<>(schema);
    }

    @Override
    String description() {
        return "outcome of " + records.description();
    }

    @Override
    public void serialize(Outcome<R> outcome, DataOutputView out) throws IOException {
        if (outcome instanceof Outcome.Accepted<R> accepted) {
            out.writeBoolean(true);
            records.serialize(accepted.value(), out);
        } else if (outcome instanceof Outcome.Rejected<R> rejected) {
            out.writeBoolean(false);
            rejects.serialize(rejected, out);
        }
    }

    @Override
    public Outcome<R> deserialize(DataInputView in) throws IOException {
        return in.readBoolean() ? Outcome.accepted(records.deserialize(in)) : rejects.deserialize(in);
    }
}
