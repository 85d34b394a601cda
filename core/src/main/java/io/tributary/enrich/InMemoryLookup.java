package io.tributary.enrich;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A catalogue held in memory. Immutable. */
public final class InMemoryLookup<K, V> implements Lookup<K, V> {
    private final Map<K, V> values;

    private InMemoryLookup(Map<K, V> values) {
        this.values = values;
    }

    /**
     * Holds the given values.
     *
     * @throws IllegalArgumentException when two of them have the same key, naming it
     */
    public static <K, V> InMemoryLookup<K, V> of(Iterable<? extends V> values, Function<? super V, ? extends K> keyOf) {
        Map<K, V> byKey = new HashMap<>();
        for (V value : values) {
            K key = keyOf.apply(value);
            V other = byKey.putIfAbsent(key, value);
            if (other != null) {
                throw new IllegalArgumentException("Invalid catalogue: two values have the key %s: %s and %s (keep one)"
                        .formatted(key, other, value));
            }
        }
        return new InMemoryLookup<>(byKey);
    }

    @Override
    public Optional<V> find(K key) {
        return Optional.ofNullable(values.get(key));
    }

    public int size() {
        return values.size();
    }
}
