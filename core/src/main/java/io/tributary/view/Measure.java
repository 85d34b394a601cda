package io.tributary.view;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a view shows of the records of a group: mergeable aggregates and a function from their merged
 * states to a value. Since aggregates are a closed set, a measure that cannot be merged cannot be made.
 *
 * @param name what it is, for people and for the view's definition, such as {@code sum(mount)}
 * @param aggregates one or more
 * @param type the type of its value
 * @param finish from the states of the aggregates, in order, to the value; null for no value, as which a double that is
 *     not finite is shown, too
 * @param <R> the record
 * @param <V> the value
 */
public record Measure<R, V>(String name, List<Aggregate<R, ?>> aggregates, ColumnType<V> type, Finish<V> finish)
        implements Serializable {
    private static final int EXTRA_AVERAGE_DIGITS = 6;
    private static final int DEFAULT_SKETCH_SIZE = 4096;

    /** From merged states to a value. A state is null where no record had a value. */
    @FunctionalInterface
    public interface Finish<V> extends Serializable {
        @Nullable
        V apply(List<@Nullable Object> states);
    }

    public Measure {
        aggregates = List.copyOf(aggregates);
        if (aggregates.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid measure: %s (must have at least one aggregate)".formatted(name));
        }
    }

    /** The number of records. */
    public static <R> Measure<R, Long> count() {
        Aggregate<R, Long> count = new Aggregate.Count<>(List.of());
        return of(count, ColumnType.longInteger(), Measure::orZero);
    }

    /** The exact sum; null where no record has a value. Refuses columns of floating-point numbers. */
    public static <R, V extends Number> Measure<R, ? extends Number> sum(Column<R, V> column) {
        Aggregate<R, Number> sum = new Aggregate.Sum<>(column);
        return column.type().javaType() == BigDecimal.class
                ? of(sum, sumType(column), states -> (BigDecimal) states.get(0))
                : of(sum, ColumnType.longInteger(), states -> (Long) states.get(0));
    }

    /** The least value; null where no record has one. */
    public static <R, V> Measure<R, V> min(Column<R, V> column) {
        return extreme(column, Aggregate.Extreme.Side.MIN);
    }

    /** The greatest value; null where no record has one. */
    public static <R, V> Measure<R, V> max(Column<R, V> column) {
        return extreme(column, Aggregate.Extreme.Side.MAX);
    }

    /**
     * The mean of the values that are there, to six digits more than the column has, half up; null for none. One of more
     * than 38 digits is an {@link ArithmeticException}, as such a sum is.
     *
     * @throws IllegalArgumentException when the column has more than 32 digits behind the point
     */
    public static <R, V extends Number> Measure<R, BigDecimal> average(Column<R, V> column) {
        int scale = scaleOf(column) + EXTRA_AVERAGE_DIGITS;
        if (scale > ExactNumbers.DIGITS) {
            throw new IllegalArgumentException("Cannot average %s: it has %d digits behind the point (at most %d)"
                    .formatted(column.name(), scaleOf(column), ExactNumbers.DIGITS - EXTRA_AVERAGE_DIGITS));
        }
        return new Measure<>(
                "average(%s)".formatted(column),
                List.of(new Aggregate.Sum<>(column), new Aggregate.Count<>(List.of(column))),
                ColumnType.decimal(ExactNumbers.DIGITS, scale),
                states -> {
                    Object sum = states.get(0);
                    Object count = states.get(1);
                    return sum instanceof Number total && count instanceof Long number
                            ? ExactNumbers.mean(column, total, number, scale)
                            : null;
                });
    }

    /** The exact number of distinct values, or tuples of values, that have no null in them. */
    @SafeVarargs
    public static <R> Measure<R, Long> distinct(Column<R, ?>... columns) {
        Aggregate<R, TextSet> set = new Aggregate.ValueSet<>(List.of(columns));
        return of(set, ColumnType.longInteger(), states -> states.get(0) instanceof TextSet texts ? texts.size() : 0L);
    }

    /**
     * The number of distinct values, or tuples of values: exact up to 4,095, then with a standard error of 1.6 %.
     * Its state takes at most 32 KiB where it is stored or sent, and some 256 KiB in memory.
     */
    @SafeVarargs
    public static <R> Measure<R, Long> approxDistinct(Column<R, ?>... columns) {
        Aggregate<R, HashSketch> sketch = new Aggregate.BottomHashes<>(List.of(columns), DEFAULT_SKETCH_SIZE);
        return of(
                sketch,
                ColumnType.longInteger(),
                states -> states.get(0) instanceof HashSketch hashes ? hashes.estimate() : 0L);
    }

    /** The value of the record that is latest by a column; of several, the greatest value. */
    public static <R, V, T> Measure<R, V> latest(Column<R, V> column, Column<R, T> by) {
        Aggregate<R, LatestValue<V, T>> latest = new Aggregate.Latest<>(column, by);
        return of(
                latest,
                column.type(),
                states -> states.get(0) instanceof LatestValue<?, ?> state
                        ? column.type().javaType().cast(state.value())
                        : null);
    }

    /** Whether the name tells all that is kept. */
    boolean isNamedByAggregate() {
        if (aggregates.size() == 1) {
            return name.equals(aggregates.get(0).toString());
        }
        return aggregates.size() == 2
                && aggregates.get(0) instanceof Aggregate.Sum<?, ?> sum
                && aggregates.get(1) instanceof Aggregate.Count<?> count
                && count.columns().equals(List.of(sum.column()))
                && name.equals("average(%s)".formatted(sum.column()));
    }

    private static <R, V> Measure<R, V> extreme(Column<R, V> column, Aggregate.Extreme.Side side) {
        Aggregate<R, V> extreme = new Aggregate.Extreme<>(column, side);
        return of(extreme, column.type(), states -> column.type().javaType().cast(states.get(0)));
    }

    private static <R, V> Measure<R, V> of(Aggregate<R, ?> aggregate, ColumnType<V> type, Finish<V> finish) {
        return new Measure<>(aggregate.toString(), List.of(aggregate), type, finish);
    }

    private static Long orZero(List<@Nullable Object> states) {
        return states.get(0) instanceof Long count ? count : 0L;
    }

    private static ColumnType<BigDecimal> sumType(Column<?, ?> column) {
        return ColumnType.decimal(ExactNumbers.DIGITS, scaleOf(column));
    }

    private static int scaleOf(Column<?, ?> column) {
        return column.type().scale();
    }

    @Override
    public String toString() {
        return name;
    }
}
