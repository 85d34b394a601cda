package io.tributary.view;

import io.tributary.schema.Column;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into partials and merges partials: the commutative monoid of a view.
 *
 * @param <R> the record
 */
public final class Slicer<R> {
    private final Window<R> window;
    private final @Nullable EventTime<R> eventTime;
    private final Column<R, ?>[] dimensions;
    private final Aggregate<R, ?>[] aggregates;

    @SuppressWarnings("unchecked") // arrays know no type arguments
    Slicer(View<R> view) {
        this.window = view.window();
        this.eventTime = view.window().eventTime().orElse(null);
        this.dimensions = view.dimensions().toArray(Column[]::new);
        this.aggregates = view.aggregates().toArray(Aggregate[]::new);
    }

    /** The slice and the dimensions of a record. */
    public SliceKey keyOf(R row) {
        @Nullable Object[] values = new Object[dimensions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = dimensions[i].get(row);
        }
        return new SliceKey(eventTime == null ? 0 : window.sliceOf(eventTime.second(row)), values);
    }

    /** The partial of no record: the identity. */
    public Partial empty() {
        return new Partial(new Object[aggregates.length]);
    }

    /** Adds a record to a partial, in place. */
    public void add(Partial partial, R row) {
        for (int i = 0; i < partial.states.length; i++) {
            partial.states[i] = added(aggregates[i], partial.states[i], row);
        }
    }

    /** Merges a partial of other records into one, in place. The other stays as it is. */
    public void merge(Partial into, Partial other) {
        for (int i = 0; i < into.states.length; i++) {
            into.states[i] = merged(aggregates[i], into.states[i], other.states[i]);
        }
    }

    /** A partial that can be changed without changing this one. */
    public Partial copy(Partial partial) {
        Partial copy = empty();
        merge(copy, partial);
        return copy;
    }

    @SuppressWarnings("unchecked") // a state stands at the place of its aggregate
    private static <R, S> @Nullable Object added(Aggregate<R, S> aggregate, @Nullable Object state, R row) {
        return aggregate.add((S) state, row);
    }

    @SuppressWarnings("unchecked") // a state stands at the place of its aggregate
    private static <R, S> @Nullable Object merged(
            Aggregate<R, S> aggregate, @Nullable Object left, @Nullable Object right) {
        return aggregate.merge((S) left, (S) right);
    }
}
