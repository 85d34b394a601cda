package io.tributary.schema;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A typed field of a record: its name on the wire and in SQL, its type, how to get it and what it
 * means. Required unless {@link #optional()}. Two columns are the same only if they are the same
 * object, so declare each once, as a constant of its record.
 *
 * @param <R> the record
 * @param <V> the value
 */
public final class Column<R, V> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,127}");

    private final String name;
    private final ColumnType<V> type;
    private final Function<R, @Nullable V> getter;
    private final String comment;
    private final boolean required;

    private Column(String name, ColumnType<V> type, Function<R, @Nullable V> getter, String comment, boolean required) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Invalid column name: %s (must match %s, as Athena folds names to lower case)"
                            .formatted(name, NAME));
        }
        this.name = name;
        this.type = type;
        this.getter = getter;
        this.comment = comment;
        this.required = required;
    }

    /** A required column of any type. */
    public static <R, V> Column<R, V> of(String name, ColumnType<V> type, Function<R, @Nullable V> getter) {
        return new Column<>(name, type, getter, "", true);
    }

    public static <R> Column<R, String> text(String name, Function<R, @Nullable String> getter) {
        return of(name, ColumnType.text(), getter);
    }

    public static <R> Column<R, Integer> integer(String name, Function<R, @Nullable Integer> getter) {
        return of(name, ColumnType.integer(), getter);
    }

    public static <R> Column<R, BigDecimal> decimal(
            String name, int precision, int scale, Function<R, @Nullable BigDecimal> getter) {
        return of(name, ColumnType.decimal(precision, scale), getter);
    }

    public static <R> Column<R, LocalDate> date(String name, Function<R, @Nullable LocalDate> getter) {
        return of(name, ColumnType.date(), getter);
    }

    public static <R> Column<R, LocalDateTime> dateTime(String name, Function<R, @Nullable LocalDateTime> getter) {
        return of(name, ColumnType.dateTime(), getter);
    }

    public static <R> Column<R, Instant> timestamp(String name, Function<R, @Nullable Instant> getter) {
        return of(name, ColumnType.timestamp(), getter);
    }

    /** The same column with a comment, which becomes that of the SQL column. */
    public Column<R, V> comment(String comment) {
        return new Column<>(name, type, getter, comment, required);
    }

    /** The same column, which a record may lack: null in Java, absent or null in JSON, NULL in SQL. */
    public Column<R, V> optional() {
        return new Column<>(name, type, getter, comment, false);
    }

    public String name() {
        return name;
    }

    public ColumnType<V> type() {
        return type;
    }

    public String comment() {
        return comment;
    }

    public boolean isRequired() {
        return required;
    }

    public @Nullable V get(R row) {
        return getter.apply(row);
    }

    /** The order of the type, with null before all values. */
    public Comparator<@Nullable V> order() {
        return Comparator.nullsFirst(type.order());
    }

    @Override
    public String toString() {
        return name;
    }
}
