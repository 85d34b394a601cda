package io.tributary.enrich;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds the value of a key: a catalogue, a table, a cache before one. An unknown key is an answer
 * (empty), a failure to look it up an exception. Safe for threads.
 *
 * <p>One interface for both ways of asking, so that a cache or an enricher takes any of them. {@link
 * #find} alone makes a lookup; one that waits for a network overrides the other two, as their defaults
 * ask {@code find} on the calling thread.
 *
 * @param <K> the key, with equals and hashCode
 * @param <V> the value
 */
@FunctionalInterface
public interface Lookup<K, V> {

    Optional<V> find(K key);

    /** As {@link #find}, without waiting. Never throws: a failure is a stage that fails. */
    default CompletionStage<Optional<V>> findAsync(K key) {
        try {
            return CompletableFuture.completedFuture(find(key));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The values of all keys that are known, in as few requests as the source allows. Keys may repeat. */
    default Map<K, V> findAll(Collection<? extends K> keys) {
        Map<K, V> found = new HashMap<>();
        for (K key : new LinkedHashSet<K>(keys)) {
            find(key).ifPresent(value -> found.put(key, value));
        }
        return found;
    }
}
