package io.tributary.view;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One text for a tuple of values, the same from Java and from SQL: the canonical texts, separated by
 * U+001F, in which {@code \} and U+001F of a text are written {@code \\} and {@code \s}. A single
 * value stands as it is. Types whose text differs between engines are refused.
 */
final class TupleText {
    static final char SEPARATOR = '\u001F';
    private static final Set<Class<?>> ENGINE_DEPENDENT = Set.of(LocalDateTime.class, Instant.class, Double.class);

    private TupleText() {}

    static <R> List<Column<R, ?>> checked(List<Column<R, ?>> columns) {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("Cannot count distinct values of no column (name at least one)");
        }
        for (Column<R, ?> column : columns) {
            if (ENGINE_DEPENDENT.contains(column.type().javaType())) {
                throw new IllegalArgumentException(
                        "Cannot count distinct values of %s: engines write a %s in different ways (use %s, or a text column)"
                                .formatted(column.name(), column.type().hiveType(), LocalDate.class.getSimpleName()));
            }
            if (column.type().scale() == ExactNumbers.DIGITS) {
                throw new IllegalArgumentException(
                        "Cannot count distinct values of %s: engines write a %s in different ways (leave a digit before the point)"
                                .formatted(column.name(), column.type().hiveType()));
            }
        }
        return List.copyOf(columns);
    }

    /** The tuple of a record, or null when a value is lacking. */
    static <R> @Nullable String of(List<Column<R, ?>> columns, R row) {
        if (columns.size() == 1) {
            return text(columns.get(0), row);
        }
        StringBuilder tuple = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            String text = text(columns.get(i), row);
            if (text == null) {
                return null;
            }
            if (i > 0) {
                tuple.append(SEPARATOR);
            }
            appendEscaped(text, tuple);
        }
        return tuple.toString();
    }

    private static <R, V> @Nullable String text(Column<R, V> column, R row) {
        V value = column.get(row);
        ColumnType<V> type = column.type();
        return value == null ? null : type.format(value);
    }

    private static void appendEscaped(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case SEPARATOR -> out.append("\\s");
                default -> out.append(c);
            }
        }
    }
}
