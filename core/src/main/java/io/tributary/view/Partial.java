package io.tributary.view;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mergeable state of a view's measures for one slice and one dimension key: the states of the
 * view's aggregates, in order. Changed in place by its owner through a {@link Slicer}; copy before sharing.
 */
public final class Partial {
    final @Nullable Object[] states;

    Partial(@Nullable Object[] states) {
        this.states = states;
    }

    /** The states of the view's aggregates, null where no record had a value. */
    public List<@Nullable Object> states() {
        return Collections.unmodifiableList(Arrays.asList(states));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Partial that && Arrays.equals(states, that.states);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(states);
    }

    @Override
    public String toString() {
        return Arrays.toString(states);
    }
}
