package io.tributary.view;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Sums of exact numbers: integers as long and decimals as {@link BigDecimal}, which both refuse to overflow. */
final class ExactNumbers {
    static final int DIGITS = 38;
    private static final int LONG_BYTES = Long.BYTES;

    private ExactNumbers() {}

    static Number add(Column<?, ?> column, @Nullable Number sum, Number value) {
        if (value instanceof BigDecimal decimal) {
            return sum == null ? decimal : added(column, (BigDecimal) sum, decimal);
        }
        return sum == null ? (Long) value.longValue() : (Long) added(column, sum.longValue(), value.longValue());
    }

    private static BigDecimal added(Column<?, ?> column, BigDecimal sum, BigDecimal value) {
        BigDecimal result = sum.add(value);
        if (result.precision() > DIGITS) {
            throw new ArithmeticException("Cannot sum %s: %s + %s is beyond %d digits, the most that SQL engines hold"
                    .formatted(column.name(), sum.toPlainString(), value.toPlainString(), DIGITS));
        }
        return result;
    }

    private static long added(Column<?, ?> column, long sum, long value) {
        long result = sum + value;
        if (((sum ^ result) & (value ^ result)) < 0) {
            throw new ArithmeticException(
                    "Cannot sum %s: %d + %d is beyond the range of 64-bit integers (declare it a decimal)"
                            .formatted(column.name(), sum, value));
        }
        return result;
    }

    static BigDecimal mean(Column<?, ?> column, Number sum, long count, int scale) {
        BigDecimal mean = decimal(sum).divide(BigDecimal.valueOf(count), scale, RoundingMode.HALF_UP);
        if (mean.precision() > DIGITS) {
            throw new ArithmeticException("Cannot average %s: %s is beyond %d digits, the most that SQL engines hold"
                    .formatted(column.name(), mean.toPlainString(), DIGITS));
        }
        return mean;
    }

    static BigDecimal decimal(Number number) {
        return number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
    }

    static String format(Number number) {
        return number instanceof BigDecimal decimal ? decimal.toPlainString() : number.toString();
    }

    static Number parse(String text, ColumnType<?> type) {
        return type.javaType() == BigDecimal.class
                ? ColumnType.decimal(DIGITS, type.scale()).parse(text)
                : ColumnType.longInteger().parse(text);
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
