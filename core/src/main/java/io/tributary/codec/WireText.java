package io.tributary.codec;

import io.tributary.schema.Column;
import org.jspecify.annotations.Nullable;

/** The values of a record as they may go on the wire. */
final class WireText {
    private WireText() {}

    /**
     * The normalized value of a column, or null where it is optional and absent.
     *
     * @throws IllegalArgumentException naming the column, when a required value is missing or one has no text
     */
    static <R, V> @Nullable V value(Column<R, V> column, R row) {
        V value;
        try {
            value = column.get(row);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot encode %s: %s".formatted(column.name(), e.getMessage()), e);
        }
        if (value == null && column.isRequired()) {
            throw new IllegalArgumentException(
                    "Cannot encode %s: it is null but required (give a value, or declare the column optional)"
                            .formatted(column.name()));
        }
        return value;
    }
}
