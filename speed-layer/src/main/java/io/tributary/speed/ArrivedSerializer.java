package io.tributary.speed;

import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records with their ingest partitions. */
final class ArrivedSerializer<R> extends DescribedSerializer<Arrived<R>> {
    private static final long serialVersionUID = 1L;

    private final TypeSerializer<R> values;

    ArrivedSerializer(TypeSerializer<R> values) {
        this.values = values;
    }

    @Override
    String description() {
        return "arrived "
                + (values instanceof DescribedSerializer<?>
                        ? values
                        : values.getClass().getName());
    }

    @Override
    public boolean isImmutableType() {
        return values.isImmutableType();
    }

    @Override
    public ArrivedSerializer<R> duplicate() {
        return new ArrivedSerializer<>(values.duplicate());
    }

    @Override
    public Arrived<R> copy(Arrived<R> from) {
        return isImmutableType() ? from : new Arrived<>(from.partition(), values.copy(from.value()));
    }

    @Override
    public void serialize(Arrived<R> arrived, DataOutputView out) throws IOException {
        out.writeLong(arrived.partition().getEpochSecond());
        out.writeInt(arrived.partition().getNano());
        values.serialize(arrived.value(), out);
    }

    @Override
    public Arrived<R> deserialize(DataInputView in) throws IOException {
        Instant partition = Instant.ofEpochSecond(in.readLong(), in.readInt());
        return new Arrived<>(partition, values.deserialize(in));
    }
}
