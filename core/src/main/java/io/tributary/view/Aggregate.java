package io.tributary.view;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mergeable aggregate over records: a commutative monoid with null as its identity. Measures are
 * made of aggregates, and of nothing else, so whatever a view shows can be merged.
 *
 * <p>States may be changed in place by their owner: after {@code add(state, row)} and {@code
 * merge(left, right)} only the returned state may be used in the place of the first argument. The
 * canonical text of a state is the same from every engine: equal sets of records have equal texts.
 *
 * @param <R> the record
 * @param <S> the state
 */
public sealed interface Aggregate<R, S> extends Serializable
        permits Aggregate.Count,
                Aggregate.Sum,
                Aggregate.Extreme,
                Aggregate.ValueSet,
                Aggregate.BottomHashes,
                Aggregate.Latest {

    /** The columns that it reads. */
    List<Column<R, ?>> columns();

    /** Adds a record. */
    @Nullable
    S add(@Nullable S state, R row);

    /** Joins two states of disjoint sets of records; leaves the right one as it is and shares nothing with it that can change. */
    @Nullable
    S merge(@Nullable S left, @Nullable S right);

    /** The canonical text of a state. */
    String format(S state);

    /** Reads a canonical text, or what a query engine gives for it. */
    S parse(String text);

    /** Writes a state in binary. */
    void write(S state, DataOutput out) throws IOException;

    /** Reads what {@link #write} wrote. */
    S read(DataInput in) throws IOException;

    /**
     * The number of records that have a value in each of some columns.
     *
     * @param columns none for all records
     */
    record Count<R>(List<Column<R, ?>> columns) implements Aggregate<R, Long> {
        public Count {
            columns = List.copyOf(columns);
        }

        @Override
        public @Nullable Long add(@Nullable Long state, R row) {
            for (Column<R, ?> column : columns) {
                if (column.get(row) == null) {
                    return state;
                }
            }
            return state == null ? 1L : state + 1;
        }

        @Override
        public @Nullable Long merge(@Nullable Long left, @Nullable Long right) {
            return left == null ? right : right == null ? left : Long.valueOf(left + right);
        }

        @Override
        public String format(Long state) {
            return state.toString();
        }

        @Override
        public Long parse(String text) {
            return ColumnType.longInteger().parse(text);
        }

        @Override
        public void write(Long state, DataOutput out) throws IOException {
            out.writeLong(state);
        }

        @Override
        public Long read(DataInput in) throws IOException {
            return in.readLong();
        }

        @Override
        public String toString() {
            return columns.isEmpty() ? "count(*)" : "count" + columns;
        }
    }

    /**
     * The exact sum of the values that are there.
     *
     * @param column of exact numbers
     */
    record Sum<R, V extends Number>(Column<R, V> column) implements Aggregate<R, Number> {
        public Sum {
            if (!column.type().isExactNumber()) {
                throw new IllegalArgumentException(
                        "Cannot sum %s: sums of %s depend on the order of adding and cannot be merged (declare it a decimal)"
                                .formatted(column.name(), column.type().hiveType()));
            }
        }

        @Override
        public List<Column<R, ?>> columns() {
            return List.of(column);
        }

        @Override
        public @Nullable Number add(@Nullable Number state, R row) {
            V value = column.get(row);
            return value == null ? state : ExactNumbers.add(column, state, value);
        }

        @Override
        public @Nullable Number merge(@Nullable Number left, @Nullable Number right) {
            return right == null ? left : ExactNumbers.add(column, left, right);
        }

        @Override
        public String format(Number state) {
            return ExactNumbers.format(state);
        }

        @Override
        public Number parse(String text) {
            return ExactNumbers.parse(text, column.type());
        }

        @Override
        public void write(Number state, DataOutput out) throws IOException {
            ExactNumbers.write(state, out);
        }

        @Override
        public Number read(DataInput in) throws IOException {
            return ExactNumbers.read(in);
        }

        @Override
        public String toString() {
            return "sum(%s)".formatted(column);
        }
    }

    /** The least or the greatest of the values that are there. */
    record Extreme<R, V>(Column<R, V> column, Side side) implements Aggregate<R, V> {
        /** Which end of the order is kept. */
        public enum Side {
            MIN,
            MAX
        }

        @Override
        public List<Column<R, ?>> columns() {
            return List.of(column);
        }

        @Override
        public @Nullable V add(@Nullable V state, R row) {
            return merge(state, column.get(row));
        }

        @Override
        public @Nullable V merge(@Nullable V left, @Nullable V right) {
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            int order = column.type().order().compare(left, right);
            return (side == Side.MIN ? order <= 0 : order >= 0) ? left : right;
        }

        @Override
        public String format(V state) {
            return column.type().format(state);
        }

        @Override
        public V parse(String text) {
            return column.type().parse(text);
        }

        @Override
        public void write(V state, DataOutput out) throws IOException {
            Binary.writeValue(column.type(), state, out);
        }

        @Override
        public V read(DataInput in) throws IOException {
            return Binary.readValue(column.type(), in);
        }

        @Override
        public String toString() {
            return "%s(%s)".formatted(side == Side.MIN ? "min" : "max", column);
        }
    }

    /**
     * The set of distinct values, or tuples of values, in which no value is null. Holds every one of
     * them: for sets that grow without bound, use {@link BottomHashes}.
     *
     * @param columns one or more
     */
    record ValueSet<R>(List<Column<R, ?>> columns) implements Aggregate<R, TextSet> {
        public ValueSet {
            columns = TupleText.checked(columns);
        }

        @Override
        public @Nullable TextSet add(@Nullable TextSet state, R row) {
            String tuple = TupleText.of(columns, row);
            if (tuple == null) {
                return state;
            }
            TextSet set = state == null ? new TextSet() : state;
            set.add(tuple);
            return set;
        }

        @Override
        public @Nullable TextSet merge(@Nullable TextSet left, @Nullable TextSet right) {
            if (left == null || right == null) {
                return left != null ? left : right == null ? null : right.copy();
            }
            left.addAll(right);
            return left;
        }

        @Override
        public String format(TextSet state) {
            return state.format();
        }

        @Override
        public TextSet parse(String text) {
            return TextSet.parse(text);
        }

        @Override
        public void write(TextSet state, DataOutput out) throws IOException {
            state.write(out);
        }

        @Override
        public TextSet read(DataInput in) throws IOException {
            return TextSet.read(in);
        }

        @Override
        public String toString() {
            return "set" + columns;
        }
    }

    /**
     * The least hashes of the distinct values, or tuples of values, in which no value is null: a
     * bottom-k sketch (K. Beyer et al., On Synopses for Distinct-Value Estimation Under Multiset
     * Operations, SIGMOD 2007). Exact below {@code size} values, from there on the standard error is
     * {@code 1 / sqrt(size - 2)}. Its state depends on the set of values only, never on the order or
     * the engine that built it, so an estimate is the same at every cut.
     *
     * @param columns one or more
     * @param size the number of hashes that are kept, 16 to 65536
     */
    record BottomHashes<R>(List<Column<R, ?>> columns, int size) implements Aggregate<R, HashSketch> {
        private static final int LEAST = 16;
        private static final int MOST = 65_536;

        public BottomHashes {
            columns = TupleText.checked(columns);
            if (size < LEAST || size > MOST) {
                throw new IllegalArgumentException(
                        "Invalid sketch size: %d (must be from %d to %d)".formatted(size, LEAST, MOST));
            }
        }

        @Override
        public @Nullable HashSketch add(@Nullable HashSketch state, R row) {
            String tuple = TupleText.of(columns, row);
            if (tuple == null) {
                return state;
            }
            HashSketch sketch = state == null ? new HashSketch(size) : state;
            sketch.add(HashSketch.hash(tuple));
            return sketch;
        }

        @Override
        public @Nullable HashSketch merge(@Nullable HashSketch left, @Nullable HashSketch right) {
            if (left == null || right == null) {
                return left != null ? left : right == null ? null : right.copy();
            }
            left.addAll(right);
            return left;
        }

        @Override
        public String format(HashSketch state) {
            return state.format();
        }

        @Override
        public HashSketch parse(String text) {
            return HashSketch.parse(size, text);
        }

        @Override
        public void write(HashSketch state, DataOutput out) throws IOException {
            state.write(out);
        }

        @Override
        public HashSketch read(DataInput in) throws IOException {
            return HashSketch.read(size, in);
        }

        @Override
        public String toString() {
            return "hashes%s(%s)".formatted(columns, size);
        }
    }

    /**
     * The value of the record that is latest by a column; of several, the greatest value. Records
     * that lack either are passed over.
     */
    record Latest<R, V, T>(Column<R, V> column, Column<R, T> by) implements Aggregate<R, LatestValue<V, T>> {
        @Override
        public List<Column<R, ?>> columns() {
            return List.of(column, by);
        }

        @Override
        public @Nullable LatestValue<V, T> add(@Nullable LatestValue<V, T> state, R row) {
            V value = column.get(row);
            T time = by.get(row);
            return value == null || time == null ? state : merge(state, new LatestValue<>(time, value));
        }

        @Override
        public @Nullable LatestValue<V, T> merge(@Nullable LatestValue<V, T> left, @Nullable LatestValue<V, T> right) {
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            int order = by.type().order().compare(right.time(), left.time());
            if (order == 0) {
                order = column.type().order().compare(right.value(), left.value());
            }
            return order > 0 ? right : left;
        }

        @Override
        public String format(LatestValue<V, T> state) {
            return JsonTexts.format(
                    List.of(by.type().format(state.time()), column.type().format(state.value())));
        }

        @Override
        public LatestValue<V, T> parse(String text) {
            List<String> pair = JsonTexts.parse(text);
            if (pair.size() != 2) {
                throw new IllegalArgumentException("Invalid latest value: %s (must be [time, value])".formatted(text));
            }
            return new LatestValue<>(by.type().parse(pair.get(0)), column.type().parse(pair.get(1)));
        }

        @Override
        public void write(LatestValue<V, T> state, DataOutput out) throws IOException {
            Binary.writeValue(by.type(), state.time(), out);
            Binary.writeValue(column.type(), state.value(), out);
        }

        @Override
        public LatestValue<V, T> read(DataInput in) throws IOException {
            T time = Binary.readValue(by.type(), in);
            return new LatestValue<>(time, Binary.readValue(column.type(), in));
        }

        @Override
        public String toString() {
            return "latest(%s by %s)".formatted(column, by);
        }
    }
}
