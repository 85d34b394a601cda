package io.tributary.speed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * A serializer that is told by a text what it reads and writes: state of the same text is read, of another
 * refused.
 */
abstract class DescribedSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    /** Differs whenever the bytes or their meaning do. */
    abstract String description();

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    @Override
    public @Nullable T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DescribedSerializer<?> that
                && getClass() == that.getClass()
                && description().equals(that.description());
    }

    @Override
    public int hashCode() {
        return Objects.hash(getClass(), description());
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "(" + description() + ")";
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new Snapshot<>(this);
    }

    /** Made by Flink when it restores state. */
    public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {
        private static final int VERSION = 1;

        private @Nullable DescribedSerializer<T> serializer;
        private String description = "";

        /** For Flink. */
        public Snapshot() {}

        Snapshot(DescribedSerializer<T> serializer) {
            this.serializer = serializer;
            this.description = serializer.description();
        }

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            writeBytes(description.getBytes(StandardCharsets.UTF_8), out);
            writeBytes(InstantiationUtil.serializeObject(restoreSerializer()), out);
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
            if (version != VERSION) {
                throw new IOException("Cannot read state: its format is %d (must be %d)".formatted(version, VERSION));
            }
            description = new String(readBytes(in), StandardCharsets.UTF_8);
            byte[] bytes = readBytes(in);
            try {
                serializer = InstantiationUtil.deserializeObject(bytes, loader);
            } catch (ClassNotFoundException | IOException | RuntimeException e) {
                throw new IOException(
                        "Cannot read state of %s: its classes are not those that wrote it (%s)"
                                .formatted(description, e.getMessage()),
                        e);
            }
        }

        private static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        private static byte[] readBytes(DataInputView in) throws IOException {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return bytes;
        }

        @Override
        public TypeSerializer<T> restoreSerializer() {
            return Objects.requireNonNull(serializer, "serializer");
        }

        @Override
        public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> old) {
            return old instanceof Snapshot<T> that && description.equals(that.description)
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
