package io.tributary.schema;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A typed field of a record: its name on the wire and in SQL, its type, how to get it and what it
 * means. Required unless {@link #optional()}. Declare each once, as a constant of its record.
 *
 * @param <R> the record
 * @param <V> the value
 */
public final class Column<R, V> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,127}");

    /** Gets a value from a record; serializable, since views travel to a cluster. A method reference will do. */
    @FunctionalInterface
    public interface Getter<R, V> extends Function<R, @Nullable V>, Serializable {}

    private final String name;
    private final ColumnType<V> type;
    private final Getter<R, V> getter;
    private final String comment;
    private final boolean required;

    private Column(String name, ColumnType<V> type, Getter<R, V> getter, String comment, boolean required) {
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
    public static <R, V> Column<R, V> of(String name, ColumnType<V> type, Getter<R, V> getter) {
        return new Column<>(name, type, getter, "", true);
    }

    public static <R> Column<R, String> text(String name, Getter<R, String> getter) {
        return of(name, ColumnType.text(), getter);
    }

    public static <R> Column<R, Integer> integer(String name, Getter<R, Integer> getter) {
        return of(name, ColumnType.integer(), getter);
    }

    public static <R> Column<R, BigDecimal> decimal(
            String name, int precision, int scale, Getter<R, BigDecimal> getter) {
        return of(name, ColumnType.decimal(precision, scale), getter);
    }

    public static <R> Column<R, LocalDate> date(String name, Getter<R, LocalDate> getter) {
        return of(name, ColumnType.date(), getter);
    }

    public static <R> Column<R, LocalDateTime> dateTime(String name, Getter<R, LocalDateTime> getter) {
        return of(name, ColumnType.dateTime(), getter);
    }

    public static <R> Column<R, Instant> timestamp(String name, Getter<R, Instant> getter) {
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

    /**
     * The same column as part of another record, which has fewer columns: its schema reads the lines of the larger
     * one and passes the other fields by.
     */
    public <S> Column<S, V> in(Getter<S, V> part) {
        return new Column<>(name, type, part, comment, required);
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

    /** The value in the form that the type's {@link ColumnType#parse} gives; null when an optional one is lacking. */
    public @Nullable V get(R row) {
        V value = getter.apply(row);
        return value == null ? null : type.normalize(value);
    }

    /** The order of the type, with null before all values. */
    public Comparator<@Nullable V> order() {
        return Comparator.nullsFirst(type.order());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Column<?, ?> that
                && name.equals(that.name)
                && type.equals(that.type)
                && required == that.required;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type, required);
    }

    @Override
    public String toString() {
        return name;
    }
}
