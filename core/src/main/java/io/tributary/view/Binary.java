package io.tributary.view;

import io.tributary.schema.ColumnType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Values in binary: numbers in their own width, everything else as its canonical text. */
final class Binary {
    private Binary() {}

    static <V> void writeValue(ColumnType<V> type, V value, DataOutput out) throws IOException {
        if (value instanceof Integer number) {
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else {
            writeText(type.format(value), out);
        }
    }

    static <V> V readValue(ColumnType<V> type, DataInput in) throws IOException {
        if (type.javaType() == Integer.class) {
            return type.javaType().cast(in.readInt());
        }
        if (type.javaType() == Long.class) {
            return type.javaType().cast(in.readLong());
        }
        return type.parse(readText(in));
    }

    static <V> void writeNullable(ColumnType<V> type, @Nullable V value, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            writeValue(type, value, out);
        }
    }

    static <V> @Nullable V readNullable(ColumnType<V> type, DataInput in) throws IOException {
        return in.readBoolean() ? readValue(type, in) : null;
    }

    static void writeText(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
