package io.tributary.testing;

import io.tributary.enrich.Lookup;
import io.tributary.testing.Contract.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What every {@link Lookup} promises: an unknown key is an answer, and all three ways of asking agree. */
public final class LookupContract {
    private LookupContract() {}

    /**
     * The contract of a lookup.
     *
     * @param lookup gives the lookup, once a promise
     * @param known what is in it; give more than one request of its source can take
     * @param unknown keys that are not in it, best such as differ little from ones that are; one or more
     */
    public static <K, V> Contract of(Callable<? extends Lookup<K, V>> lookup, Map<K, V> known, Collection<K> unknown) {
        if (known.isEmpty() || unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid contract of a lookup: %d known keys and %d unknown ones (give one or more of both)"
                            .formatted(known.size(), unknown.size()));
        }
        Promises<K, V> promises = new Promises<>(Map.copyOf(known), List.copyOf(unknown));
        return new Contract(
                "lookup",
                List.of(
                        new Promise("finds what is there", () -> promises.findsWhatIsThere(lookup.call())),
                        new Promise("answers empty for an unknown key", () -> promises.answersEmpty(lookup.call())),
                        new Promise(
                                "finds many at once and leaves out the unknown",
                                () -> promises.findsManyAtOnce(lookup.call())),
                        new Promise("takes repeated keys and none", () -> promises.takesRepeatedAndNone(lookup.call())),
                        new Promise(
                                "is not changed by what its readers do to a result",
                                () -> promises.isNotChangedByItsReaders(lookup.call()))));
    }

    private record Promises<K, V>(Map<K, V> known, List<K> unknown) {
        void findsWhatIsThere(Lookup<K, V> lookup) {
            known.forEach((key, value) -> {
                Expect.equal("value of " + key, lookup.find(key), Optional.of(value));
                Expect.equal("value of %s found again".formatted(key), lookup.find(key), Optional.of(value));
                Expect.equal(
                        "value of %s found without waiting".formatted(key), later(lookup, key), Optional.of(value));
            });
        }

        void answersEmpty(Lookup<K, V> lookup) {
            for (K key : unknown) {
                Expect.equal("value of the unknown " + key, lookup.find(key), Optional.empty());
                Expect.equal(
                        "value of the unknown %s without waiting".formatted(key), later(lookup, key), Optional.empty());
                Expect.equal("values of the unknown " + key, lookup.findAll(List.of(key)), Map.of());
            }
        }

        void findsManyAtOnce(Lookup<K, V> lookup) {
            List<K> keys = new ArrayList<>(unknown);
            keys.addAll(known.keySet());
            keys.addAll(unknown);
            Expect.equal("values of all keys", lookup.findAll(keys), known);
            Expect.equal("values of the unknown keys", lookup.findAll(unknown), Map.of());
        }

        void takesRepeatedAndNone(Lookup<K, V> lookup) {
            Map.Entry<K, V> one = known.entrySet().iterator().next();
            List<K> repeated = List.of(one.getKey(), unknown.get(0), one.getKey(), unknown.get(0));
            Expect.equal("values of repeated keys", lookup.findAll(repeated), Map.of(one.getKey(), one.getValue()));
            Expect.equal("values of no keys", lookup.findAll(List.of()), Map.of());
        }

        void isNotChangedByItsReaders(Lookup<K, V> lookup) {
            Map<K, V> found = lookup.findAll(known.keySet());
            try {
                found.clear();
            } catch (UnsupportedOperationException e) {
                return; // nobody can change it
            }
            Expect.equal("values after a reader cleared what it got", lookup.findAll(known.keySet()), known);
        }

        private static <K, V> Optional<V> later(Lookup<K, V> lookup, K key) {
            return lookup.findAsync(key).toCompletableFuture().join();
        }
    }
}
