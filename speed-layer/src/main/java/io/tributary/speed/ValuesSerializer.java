package io.tributary.speed;

import io.tributary.schema.ColumnType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.BigDecSerializer;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.DoubleSerializer;
import org.apache.flink.api.common.typeutils.base.InstantSerializer;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LocalDateSerializer;
import org.apache.flink.api.common.typeutils.base.LocalDateTimeSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** A fixed number of values of columns, any of which may be null. */
final class ValuesSerializer extends DescribedSerializer<List<@Nullable Object>> {
    private static final long serialVersionUID = 1L;
    private static final int BITS = 8;
    private static final Map<Class<?>, TypeSerializer<?>> BY_CLASS = Map.of(
            String.class, StringSerializer.INSTANCE,
            Integer.class, IntSerializer.INSTANCE,
            Long.class, LongSerializer.INSTANCE,
            Double.class, DoubleSerializer.INSTANCE,
            Boolean.class, BooleanSerializer.INSTANCE,
            BigDecimal.class, BigDecSerializer.INSTANCE,
            LocalDate.class, LocalDateSerializer.INSTANCE,
            LocalDateTime.class, LocalDateTimeSerializer.INSTANCE,
            Instant.class, InstantSerializer.INSTANCE);

    private final TypeSerializer<Object>[] fields;
    private final String description;

    @SuppressWarnings("unchecked") // a value stands at the place of its type
    ValuesSerializer(List<? extends ColumnType<?>> types) {
        this.fields = types.stream().map(ValuesSerializer::serializer).toArray(TypeSerializer[]::new);
        this.description =
                types.stream().map(type -> type.javaType().getSimpleName()).collect(Collectors.joining(", ", "[", "]"));
    }

    private static TypeSerializer<?> serializer(ColumnType<?> type) {
        TypeSerializer<?> serializer = BY_CLASS.get(type.javaType());
        if (serializer == null) {
            throw new IllegalArgumentException(
                    "Cannot serialize values of %s (must be one of %s)".formatted(type.javaType(), BY_CLASS.keySet()));
        }
        return serializer;
    }

    @Override
    String description() {
        return description;
    }

    @Override
    public void serialize(List<@Nullable Object> values, DataOutputView out) throws IOException {
        for (int from = 0; from < fields.length; from += BITS) {
            int there = 0;
            for (int i = from; i < Math.min(from + BITS, fields.length); i++) {
                there |= values.get(i) == null ? 0 : 1 << (i - from);
            }
            out.writeByte(there);
        }
        for (int i = 0; i < fields.length; i++) {
            Object value = values.get(i);
            if (value != null) {
                fields[i].serialize(value, out);
            }
        }
    }

    @Override
    public List<@Nullable Object> deserialize(DataInputView in) throws IOException {
        return Collections.unmodifiableList(Arrays.asList(read(in)));
    }

    @Nullable
    Object[] read(DataInputView in) throws IOException {
        int[] there = new int[(fields.length + BITS - 1) / BITS];
        for (int i = 0; i < there.length; i++) {
            there[i] = in.readUnsignedByte();
        }
        @Nullable Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = (there[i / BITS] & 1 << i % BITS) == 0 ? null : fields[i].deserialize(in);
        }
        return values;
    }
}
