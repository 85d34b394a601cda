package io.tributary.speed;

import io.tributary.view.TimeRange;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Results of windows on their way between tasks. */
final class WindowResultSerializer<K, A> extends DescribedSerializer<WindowResult<K, A>> {
    private static final long serialVersionUID = 1L;

    private final TypeSerializer<K> keys;
    private final TypeSerializer<A> values;

    WindowResultSerializer(TypeSerializer<K> keys, TypeSerializer<A> values) {
        this.keys = keys;
        this.values = values;
    }

    @Override
    String description() {
        return keys.getClass().getName() + " " + values.getClass().getName();
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<WindowResult<K, A>> duplicate() {
        return new WindowResultSerializer<>(keys.duplicate(), values.duplicate());
    }

    @Override
    public WindowResult<K, A> copy(WindowResult<K, A> from) {
        return new WindowResult<>(keys.copy(from.key()), from.window(), values.copy(from.value()));
    }

    @Override
    public void serialize(WindowResult<K, A> result, DataOutputView out) throws IOException {
        keys.serialize(result.key(), out);
        boolean bounded = !result.window().equals(TimeRange.all());
        out.writeBoolean(bounded);
        if (bounded) {
            out.writeLong(result.window().firstSecond());
            out.writeLong(result.window().endSecond());
        }
        values.serialize(result.value(), out);
    }

    @Override
    public WindowResult<K, A> deserialize(DataInputView in) throws IOException {
        K key = keys.deserialize(in);
        TimeRange window = in.readBoolean() ? TimeRange.ofSeconds(in.readLong(), in.readLong()) : TimeRange.all();
        return new WindowResult<>(key, window, values.deserialize(in));
    }

    @Override
    public TypeSerializerSnapshot<WindowResult<K, A>> snapshotConfiguration() {
        return new Nested<>(this);
    }

    /** Made by Flink when it restores state, which is as compatible as what is within. */
    public static final class Nested<K, A>
            extends CompositeTypeSerializerSnapshot<WindowResult<K, A>, WindowResultSerializer<K, A>> {
        private static final int VERSION = 1;

        /** For Flink. */
        public Nested() {}

        Nested(WindowResultSerializer<K, A> serializer) {
            super(serializer);
        }

        @Override
        protected int getCurrentOuterSnapshotVersion() {
            return VERSION;
        }

        @Override
        protected TypeSerializer<?>[] getNestedSerializers(WindowResultSerializer<K, A> serializer) {
            return new TypeSerializer<?>[] {serializer.keys, serializer.values};
        }

        @Override
        @SuppressWarnings("unchecked")
        protected WindowResultSerializer<K, A> createOuterSerializerWithNestedSerializers(TypeSerializer<?>[] nested) {
            return new WindowResultSerializer<>((TypeSerializer<K>) nested[0], (TypeSerializer<A>) nested[1]);
        }
    }
}
