package io.tributary.view;

import io.tributary.schema.ColumnType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Sums of exact numbers: integers as long, which refuse to overflow, and decimals as {@link BigDecimal}. */
final class ExactNumbers {
    private static final int LONG_BYTES = Long.BYTES;

    private ExactNumbers() {}

    static Number add(@Nullable Number sum, Number value) {
        if (value instanceof BigDecimal decimal) {
            return sum == null ? decimal : ((BigDecimal) sum).add(decimal);
        }
        return sum == null ? (Long) value.longValue() : (Long) Math.addExact(sum.longValue(), value.longValue());
    }

    static BigDecimal decimal(Number number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
    }

    static String format(Number number) {
        return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
    }

    static Number parse(String text, ColumnType<?> type) {
        return type.javaType() == BigDecimal.class ? new BigDecimal(text) : (Number) Long.valueOf(text);
    }

    /** A byte tells the scale, or that it is an integer; small digits follow as a long. */
    static void write(Number number, DataOutput out) throws IOException {
        if (!(number instanceof BigDecimal decimal)) {
            out.writeByte(-1);
            out.writeLong(number.longValue());
            return;
        }
        out.writeByte(decimal.scale());
        byte[] digits = decimal.unscaledValue().toByteArray();
        out.writeByte(digits.length);
        out.write(digits);
    }

    static Number read(DataInput in) throws IOException {
        int scale = in.readByte();
        if (scale < 0) {
            return in.readLong();
        }
        byte[] digits = new byte[in.readUnsignedByte()];
        in.readFully(digits);
        BigInteger unscaled = new BigInteger(digits);
        return digits.length <= LONG_BYTES
                ? BigDecimal.valueOf(unscaled.longValue(), scale)
                : new BigDecimal(unscaled, scale);
    }
}
