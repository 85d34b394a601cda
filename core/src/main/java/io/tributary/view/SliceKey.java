package io.tributary.view;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A slice, named by its first wall-clock second, and the values of a view's dimensions. */
public final class SliceKey {
    private final long slice;
    private final @Nullable Object[] dimensions;
    private final int hash;

    SliceKey(long slice, @Nullable Object[] dimensions) {
        this.slice = slice;
        this.dimensions = dimensions;
        this.hash = 31 * Long.hashCode(slice) + Arrays.hashCode(dimensions);
    }

    /**
     * The key of a slice.
     *
     * @param slice its first second, as {@link Window#sliceOf} gives it
     * @param dimensions the values of the view's dimensions, in its order
     */
    public static SliceKey of(long slice, List<@Nullable Object> dimensions) {
        return new SliceKey(slice, dimensions.toArray());
    }

    /** The first second of the slice, counted from 1970-01-01T00:00:00 on the wall clock; 0 in a view without windows. */
    public long slice() {
        return slice;
    }

    /** The values of the dimensions, in the view's order. */
    public List<@Nullable Object> dimensions() {
        return new Values(dimensions);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SliceKey that
                && hash == that.hash
                && slice == that.slice
                && Arrays.equals(dimensions, that.dimensions);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return slice + Arrays.toString(dimensions);
    }

    /** A list that is compared with its like for each record, hence without iterators. */
    private static final class Values extends AbstractList<@Nullable Object> implements RandomAccess {
        private final @Nullable Object[] values;

        private Values(@Nullable Object[] values) {
            this.values = values;
        }

        @Override
        public @Nullable Object get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Values that ? Arrays.equals(values, that.values) : super.equals(other);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }
    }
}
