package io.tributary.speed;

import java.io.IOException;
import java.time.Instant;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Records and marks on their way to the writers of a lake; they are never state. */
final class LakeInputSerializer<R> extends DescribedSerializer<LakeInput<R>> {
    private static final long serialVersionUID = 1L;

    private final ArrivedSerializer<R> rows;

    LakeInputSerializer(ArrivedSerializer<R> rows) {
        this.rows = rows;
    }

    @Override
    String description() {
        return rows.description();
    }

    @Override
    public boolean isImmutableType() {
        return rows.isImmutableType();
    }

    @Override
    public LakeInputSerializer<R> duplicate() {
        return new LakeInputSerializer<>(rows.duplicate());
    }

    @Override
    public LakeInput<R> copy(LakeInput<R> from) {
        return from instanceof LakeInput.Row<R> row ? new LakeInput.Row<>(rows.copy(row.arrived())) : from;
    }

    @Override
    public void serialize(LakeInput<R> input, DataOutputView out) throws IOException {
        out.writeBoolean(input instanceof LakeInput.Row<R>);
        if (input instanceof LakeInput.Row<R> row) {
            rows.serialize(row.arrived(), out);
        } else if (input instanceof LakeInput.Marked<R> marked) {
            out.writeInt(marked.mark().task());
            out.writeInt(marked.mark().tasks());
            out.writeLong(marked.mark().partition().getEpochSecond());
            out.writeInt(marked.mark().partition().getNano());
        }
    }

    @Override
    public LakeInput<R> deserialize(DataInputView in) throws IOException {
        return in.readBoolean()
                ? new LakeInput.Row<>(rows.deserialize(in))
                : new LakeInput.Marked<>(new Delivery.Mark(
                        in.readInt(), in.readInt(), Instant.ofEpochSecond(in.readLong(), in.readInt())));
    }
}
