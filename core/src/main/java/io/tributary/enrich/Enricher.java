package io.tributary.enrich;

import io.tributary.schema.Column;
import io.tributary.schema.InvalidValueException;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Joins each record with its dimension. Every record comes out as an outcome, and is counted as it
 * does; unknown keys are rejected unless {@link #onUnknownKey} says otherwise.
 *
 * <p>A lookup that fails is an exception, not an outcome: the record is not counted and can be given
 * again. Safe for threads.
 *
 * @param <I> the record
 * @param <D> its dimension
 * @param <O> both joined
 */
public final class Enricher<I, D, O> {
    private final Join<I, ?, D, O> join;
    private final OnUnknownKey<I, O> onUnknownKey;
    private final LongAdder joined = new LongAdder();
    private final LongAdder kept = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    private Enricher(Join<I, ?, D, O> join, OnUnknownKey<I, O> onUnknownKey) {
        this.join = join;
        this.onUnknownKey = onUnknownKey;
    }

    /**
     * Joins records with the values that a lookup has for their keys.
     *
     * @param key the column of the key; a null key is unknown
     */
    public static <I, K, D, O> Enricher<I, D, O> of(
            Lookup<K, D> lookup, Column<I, K> key, BiFunction<? super I, ? super D, ? extends O> joiner) {
        return new Enricher<>(new Join<>(lookup, key, joiner), OnUnknownKey.reject());
    }

    /** The same join with another policy, and with counts of its own. */
    public Enricher<I, D, O> onUnknownKey(OnUnknownKey<I, O> policy) {
        return new Enricher<>(join, policy);
    }

    /**
     * Joins a record.
     *
     * @throws UnknownKeyException under {@link OnUnknownKey.Fail}
     */
    public Outcome<O> enrich(I input) {
        return outcome(input, join.find(input));
    }

    /** As {@link #enrich}, without waiting; what that throws, the stage fails with. */
    public CompletionStage<Outcome<O>> enrichAsync(I input) {
        return join.findAsync(input).thenApply(found -> outcome(input, found));
    }

    /**
     * Joins records in order, looking all their keys up at once.
     *
     * @throws UnknownKeyException under {@link OnUnknownKey.Fail}; none of them is counted then
     */
    public List<Outcome<O>> enrichAll(List<? extends I> inputs) {
        List<Found<D>> found = join.findAll(inputs);
        for (int i = 0; i < inputs.size(); i++) {
            failIfUnwelcome(inputs.get(i), found.get(i));
        }
        List<Outcome<O>> outcomes = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            outcomes.add(outcome(inputs.get(i), found.get(i)));
        }
        return outcomes;
    }

    private void failIfUnwelcome(I input, Found<D> found) {
        if (found.isUnknown() && onUnknownKey instanceof OnUnknownKey.Fail<I, O>) {
            throw new UnknownKeyException(
                    join.key().name(), String.valueOf(join.key().get(input)));
        }
    }

    private Outcome<O> outcome(I input, Found<D> found) {
        failIfUnwelcome(input, found);
        Outcome<O> outcome;
        LongAdder counter;
        try {
            if (found.invalidKey() != null) {
                outcome = Outcome.rejected(found.invalidKey(), String.valueOf(input));
                counter = rejected;
            } else if (found.dimension() != null) {
                outcome = Outcome.accepted(join.joiner().apply(input, found.dimension()));
                counter = joined;
            } else if (onUnknownKey instanceof OnUnknownKey.Keep<I, O> keep) {
                outcome = Outcome.accepted(keep.alone().apply(input));
                counter = kept;
            } else {
                outcome = Outcome.rejected(join.unknown(input), String.valueOf(input));
                counter = rejected;
            }
        } catch (InvalidValueException e) {
            outcome = Outcome.rejected(Rejection.of(0, null, e), String.valueOf(input));
            counter = rejected;
        }
        counter.increment();
        return outcome;
    }

    /** What has come out so far. */
    public EnrichmentTally tally() {
        return new EnrichmentTally(joined.sum(), kept.sum(), rejected.sum());
    }

    /** What a lookup has for the key of a record, or why the record has no valid key. */
    private record Found<D>(@Nullable D dimension, @Nullable Rejection invalidKey) {
        boolean isUnknown() {
            return dimension == null && invalidKey == null;
        }
    }

    /** The key of a record; null where it has none, or no valid one. */
    private record Key<K>(@Nullable K value, @Nullable Rejection invalid) {
        <D> Found<D> with(@Nullable D dimension) {
            return new Found<>(dimension, invalid);
        }
    }

    private record Join<I, K, D, O>(
            Lookup<K, D> lookup, Column<I, K> key, BiFunction<? super I, ? super D, ? extends O> joiner) {
        private Key<K> keyOf(I input) {
            try {
                return new Key<>(key.get(input), null);
            } catch (InvalidValueException e) {
                return new Key<>(null, Rejection.of(0, key.name(), e));
            }
        }

        Found<D> find(I input) {
            Key<K> asked = keyOf(input);
            return asked.with(
                    asked.value() == null ? null : lookup.find(asked.value()).orElse(null));
        }

        CompletionStage<Found<D>> findAsync(I input) {
            Key<K> asked = keyOf(input);
            return asked.value() == null
                    ? CompletableFuture.completedFuture(asked.with(null))
                    : lookup.findAsync(asked.value()).thenApply(found -> asked.with(found.orElse(null)));
        }

        List<Found<D>> findAll(List<? extends I> inputs) {
            List<Key<K>> asked = new ArrayList<>(inputs.size());
            Set<K> keys = new LinkedHashSet<>();
            for (I input : inputs) {
                Key<K> of = keyOf(input);
                asked.add(of);
                if (of.value() != null) {
                    keys.add(of.value());
                }
            }
            Map<K, D> values = lookup.findAll(keys);
            List<Found<D>> found = new ArrayList<>(inputs.size());
            for (Key<K> of : asked) {
                found.add(of.with(of.value() == null ? null : values.get(of.value())));
            }
            return found;
        }

        Rejection unknown(I input) {
            K value = key.get(input);
            return new Rejection(
                    0, key.name(), value == null ? null : key.type().format(value), "is not in the dimension");
        }
    }
}
