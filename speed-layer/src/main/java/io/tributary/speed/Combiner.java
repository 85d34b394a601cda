package io.tributary.speed;

import java.io.Serializable;

/**
 * How values become accumulators and accumulators become one: a commutative monoid. Merging in any order
 * and grouping must give the same.
 *
 * @param <T> the value
 * @param <A> the accumulator
 */
public interface Combiner<T, A> extends Serializable {

    /** The accumulator of no value: the identity. */
    A create();

    /** Adds a value; may change the accumulator in place, of which only the result is used on. */
    A add(A accumulator, T value);

    /** Merges; may change the first in place, of which only the result is used on. The other stays as it is. */
    A merge(A into, A other);

    /** An accumulator that can be changed without changing this one; the same object when none can be changed. */
    A copy(A accumulator);
}
