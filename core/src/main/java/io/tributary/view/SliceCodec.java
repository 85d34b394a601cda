package io.tributary.view;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slices of a view in binary, for state and stores, and as a row of canonical texts, for query
 * engines: the first second of the slice, the dimensions and the states of the aggregates.
 *
 * @param <R> the record
 */
public final class SliceCodec<R> {
    private final List<ColumnType<?>> dimensions;
    private final List<Aggregate<R, ?>> aggregates;

    SliceCodec(View<R> view) {
        this.dimensions = new ArrayList<>();
        for (Column<R, ?> column : view.dimensions()) {
            dimensions.add(column.type());
        }
        this.aggregates = view.aggregates();
    }

    public void writeKey(SliceKey key, DataOutput out) throws IOException {
        out.writeLong(key.slice());
        for (int i = 0; i < dimensions.size(); i++) {
            writeValue(dimensions.get(i), key.dimensions().get(i), out);
        }
    }

    public SliceKey readKey(DataInput in) throws IOException {
        long slice = in.readLong();
        @Nullable Object[] values = new Object[dimensions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Binary.readNullable(dimensions.get(i), in);
        }
        return new SliceKey(slice, values);
    }

    public void writePartial(Partial partial, DataOutput out) throws IOException {
        for (int i = 0; i < aggregates.size(); i++) {
            Object state = partial.states[i];
            out.writeBoolean(state != null);
            if (state != null) {
                writeState(aggregates.get(i), state, out);
            }
        }
    }

    public Partial readPartial(DataInput in) throws IOException {
        @Nullable Object[] states = new Object[aggregates.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = in.readBoolean() ? aggregates.get(i).read(in) : null;
        }
        return new Partial(states);
    }

    /** The canonical texts of a slice: what a query engine is asked to return. */
    public List<@Nullable String> format(SlicePartial slice) {
        List<@Nullable String> texts = new ArrayList<>();
        texts.add(String.valueOf(slice.key().slice()));
        for (int i = 0; i < dimensions.size(); i++) {
            texts.add(formatValue(dimensions.get(i), slice.key().dimensions().get(i)));
        }
        for (int i = 0; i < aggregates.size(); i++) {
            Object state = slice.partial().states[i];
            texts.add(state == null ? null : formatState(aggregates.get(i), state));
        }
        return texts;
    }

    /**
     * Reads what {@link #format} writes, or what a query engine returned for it.
     *
     * @throws IllegalArgumentException when the number of texts or one of them is not that of a slice of the view
     */
    public SlicePartial parse(List<@Nullable String> texts) {
        int expected = 1 + dimensions.size() + aggregates.size();
        if (texts.size() != expected) {
            throw new IllegalArgumentException("Invalid slice: %s (must have %d texts)".formatted(texts, expected));
        }
        String slice = texts.get(0);
        if (slice == null) {
            throw new IllegalArgumentException("Invalid slice: %s (must begin with its first second)".formatted(texts));
        }
        @Nullable Object[] values = new Object[dimensions.size()];
        for (int i = 0; i < values.length; i++) {
            String text = texts.get(1 + i);
            values[i] = text == null ? null : dimensions.get(i).parse(text);
        }
        @Nullable Object[] states = new Object[aggregates.size()];
        for (int i = 0; i < states.length; i++) {
            String text = texts.get(1 + values.length + i);
            states[i] = text == null ? null : aggregates.get(i).parse(text);
        }
        return new SlicePartial(new SliceKey(ColumnType.longInteger().parse(slice), values), new Partial(states));
    }

    @SuppressWarnings("unchecked") // a value stands at the place of its dimension
    private static <V> void writeValue(ColumnType<V> type, @Nullable Object value, DataOutput out) throws IOException {
        Binary.writeNullable(type, (V) value, out);
    }

    private static <V> @Nullable String formatValue(ColumnType<V> type, @Nullable Object value) {
        return value == null ? null : type.format(type.javaType().cast(value));
    }

    @SuppressWarnings("unchecked") // a state stands at the place of its aggregate
    private static <R, S> void writeState(Aggregate<R, S> aggregate, Object state, DataOutput out) throws IOException {
        aggregate.write((S) state, out);
    }

    @SuppressWarnings("unchecked") // a state stands at the place of its aggregate
    private static <R, S> String formatState(Aggregate<R, S> aggregate, Object state) {
        return aggregate.format((S) state);
    }
}
