package io.tributary.codec;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The text of a value as senders write it: that of its type, but decimals with no more fraction digits than needed. */
final class WireText {
    private WireText() {}

    /**
     * The normalized value of a column, or null where it is optional and absent.
     *
     * @throws IllegalArgumentException naming the column, when a required value is missing or one has no text
     */
    static <R, V> @Nullable V value(Column<R, V> column, R row) {
        V value = column.get(row);
        if (value == null) {
            if (column.isRequired()) {
                throw new IllegalArgumentException(
                        "Cannot encode %s: it is null but required (give a value, or declare the column optional)"
                                .formatted(column.name()));
            }
            return null;
        }
        try {
            return column.type().normalize(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot encode %s: %s".formatted(column.name(), e.getMessage()), e);
        }
    }

    static <V> String of(ColumnType<V> type, V value) {
        return value instanceof BigDecimal decimal ? decimal(decimal) : type.format(value);
    }

    /** Plain notation with at least one fraction digit: {@code 1000.0}, {@code 12.5}, {@code 0.25}. */
    private static String decimal(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return (stripped.scale() < 1 ? stripped.setScale(1) : stripped).toPlainString();
    }
}
