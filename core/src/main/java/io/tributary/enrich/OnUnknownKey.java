package io.tributary.enrich;

import java.util.function.Function;

/**
 * What to do with a record whose key its dimension does not know.
 *
 * @param <I> the record
 * @param <O> the joined record
 */
public sealed interface OnUnknownKey<I, O> {

    /** It is rejected with its key as the reason. */
    record Reject<I, O>() implements OnUnknownKey<I, O> {}

    /**
     * It is kept without its dimension.
     *
     * @param alone makes the joined record of the record alone
     */
    record Keep<I, O>(Function<? super I, ? extends O> alone) implements OnUnknownKey<I, O> {}

    /** The enricher throws {@link UnknownKeyException}: such a record must not exist. */
    record Fail<I, O>() implements OnUnknownKey<I, O> {}

    static <I, O> OnUnknownKey<I, O> reject() {
        return new Reject<>();
    }

    static <I, O> OnUnknownKey<I, O> keep(Function<? super I, ? extends O> alone) {
        return new Keep<>(alone);
    }

    static <I, O> OnUnknownKey<I, O> fail() {
        return new Fail<>();
    }
}
