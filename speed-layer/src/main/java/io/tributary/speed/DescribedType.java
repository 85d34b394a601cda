package io.tributary.speed;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** The type of what a serializer of this package reads and writes. */
final class DescribedType<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final DescribedSerializer<T> serializer;

    DescribedType(Class<? super T> type, DescribedSerializer<T> serializer) {
        this.type = narrow(type);
        this.serializer = serializer;
    }

    @SuppressWarnings("unchecked") // a class stands for the parameterized types of it
    private static <T> Class<T> narrow(Class<? super T> type) {
        return (Class<T>) type;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return true;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof DescribedType<?>;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DescribedType<?> that && serializer.equals(that.serializer);
    }

    @Override
    public int hashCode() {
        return Objects.hash(serializer);
    }

    @Override
    public String toString() {
        return serializer.toString();
    }
}
