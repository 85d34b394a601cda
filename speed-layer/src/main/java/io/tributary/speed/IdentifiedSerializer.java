package io.tributary.speed;

import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** An id and an outcome. */
final class IdentifiedSerializer<R> extends DescribedSerializer<Identified<R>> {
    private static final long serialVersionUID = 1L;

    private final ValuesSerializer ids = new ValuesSerializer(List.of(ColumnType.text()));
    private final OutcomeSerializer<R> outcomes;

    IdentifiedSerializer(Schema<R> schema) {
        this.outcomes = new OutcomeSerializer<>(schema);
    }

    @Override
    String description() {
        return "identified " + outcomes.description();
    }

    @Override
    public void serialize(Identified<R> identified, DataOutputView out) throws IOException {
        ids.serialize(Arrays.asList(identified.id()), out);
        outcomes.serialize(identified.outcome(), out);
    }

    @Override
    public Identified<R> deserialize(DataInputView in) throws IOException {
        return new Identified<>((String) ids.read(in)[0], outcomes.deserialize(in));
    }
}
