package io.tributary.speed;

import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
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

    @Override
    public TypeSerializerSnapshot<Arrived<R>> snapshotConfiguration() {
        return new Nested<>(this);
    }

    /** Made by Flink when it restores state, which is as compatible as what is within. */
    public static final class Nested<R> extends CompositeTypeSerializerSnapshot<Arrived<R>, ArrivedSerializer<R>> {
        private static final int VERSION = 1;

        /** For Flink. */
        public Nested() {}

        Nested(ArrivedSerializer<R> serializer) {
            super(serializer);
        }

        @Override
        protected int getCurrentOuterSnapshotVersion() {
            return VERSION;
        }

        @Override
        protected TypeSerializer<?>[] getNestedSerializers(ArrivedSerializer<R> serializer) {
            return new TypeSerializer<?>[] {serializer.values};
        }

        @Override
        @SuppressWarnings("unchecked")
        protected ArrivedSerializer<R> createOuterSerializerWithNestedSerializers(TypeSerializer<?>[] nested) {
            return new ArrivedSerializer<>((TypeSerializer<R>) nested[0]);
        }
    }
}
