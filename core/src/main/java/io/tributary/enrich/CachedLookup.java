package io.tributary.enrich;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A lookup that remembers what another one answered, unknown keys too. Requests for a key that is
 * being looked up wait for that answer rather than ask again. A failure is not remembered: it reaches
 * all who wait for it, and the next request asks anew.
 *
 * @param <K> the key
 * @param <V> the value
 */
public final class CachedLookup<K, V> implements Lookup<K, V> {
    private final Lookup<K, V> source;
    private final Cache<K, Optional<V>> cache;
    private final ConcurrentMap<K, CompletableFuture<Optional<V>>> underWay = new ConcurrentHashMap<>();

    private CachedLookup(Lookup<K, V> source, CacheOptions options, Ticker ticker) {
        this.source = source;
        this.cache = Caffeine.newBuilder()
                .maximumSize(options.maxSize())
                .expireAfter(Expiry.<K, Optional<V>>writing(
                        (key, value) -> value.isPresent() ? options.expiry() : options.unknownExpiry()))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** Expires by the machine's monotonic clock. */
    public static <K, V> CachedLookup<K, V> of(Lookup<K, V> source, CacheOptions options) {
        return new CachedLookup<>(source, options, Ticker.systemTicker());
    }

    /** Expires by a clock of one's own, such as a simulated one. */
    public static <K, V> CachedLookup<K, V> of(Lookup<K, V> source, CacheOptions options, InstantSource clock) {
        Instant start = clock.instant();
        return new CachedLookup<>(source, options, () -> start.until(clock.instant(), ChronoUnit.NANOS));
    }

    @Override
    public Optional<V> find(K key) {
        Optional<V> known = cache.getIfPresent(key);
        if (known != null) {
            return known;
        }
        CompletableFuture<Optional<V>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<V>> request = request(key, mine);
        if (request == mine && !mine.isDone()) {
            try {
                succeed(key, mine, source.find(key));
            } catch (RuntimeException | Error e) {
                fail(key, mine, e);
            }
        }
        return await(request);
    }

    @Override
    public CompletionStage<Optional<V>> findAsync(K key) {
        Optional<V> known = cache.getIfPresent(key);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        CompletableFuture<Optional<V>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<V>> request = request(key, mine);
        if (request == mine && !mine.isDone()) {
            try {
                source.findAsync(key).whenComplete((value, failure) -> {
                    if (failure == null) {
                        succeed(key, mine, value);
                    } else {
                        fail(key, mine, cause(failure));
                    }
                });
            } catch (RuntimeException | Error e) {
                fail(key, mine, e);
            }
        }
        return request.minimalCompletionStage();
    }

    @Override
    public Map<K, V> findAll(Collection<? extends K> keys) {
        Map<K, CompletableFuture<Optional<V>>> mine = new LinkedHashMap<>();
        Map<K, CompletableFuture<Optional<V>>> all = new LinkedHashMap<>();
        Map<K, V> found = new HashMap<>();
        for (K key : new LinkedHashSet<K>(List.copyOf(keys))) {
            Optional<V> known = cache.getIfPresent(key);
            if (known != null) {
                known.ifPresent(value -> found.put(key, value));
                continue;
            }
            CompletableFuture<Optional<V>> fresh = new CompletableFuture<>();
            CompletableFuture<Optional<V>> request = request(key, fresh);
            all.put(key, request);
            if (request == fresh && !fresh.isDone()) {
                mine.put(key, fresh);
            }
        }
        if (!mine.isEmpty()) {
            load(mine);
        }
        all.forEach((key, request) -> await(request).ifPresent(value -> found.put(key, value)));
        return found;
    }

    private void load(Map<K, CompletableFuture<Optional<V>>> requests) {
        try {
            Map<K, V> values = source.findAll(requests.keySet());
            requests.forEach((key, request) -> succeed(key, request, Optional.ofNullable(values.get(key))));
        } catch (RuntimeException | Error e) {
            requests.forEach((key, request) -> fail(key, request, e));
        }
    }

    /** The request for a key that is under way, or else the given one; that is done if the answer came meanwhile. */
    private CompletableFuture<Optional<V>> request(K key, CompletableFuture<Optional<V>> fresh) {
        CompletableFuture<Optional<V>> other = underWay.putIfAbsent(key, fresh);
        if (other != null) {
            return other;
        }
        Optional<V> known = cache.getIfPresent(key);
        if (known != null) {
            underWay.remove(key, fresh);
            fresh.complete(known);
        }
        return fresh;
    }

    private void succeed(K key, CompletableFuture<Optional<V>> request, Optional<V> value) {
        try {
            cache.put(key, Objects.requireNonNull(value, () -> "Cannot look up %s: the answer is null".formatted(key)));
        } catch (RuntimeException e) {
            // Nobody may wait for ever, whatever the source answers.
            fail(key, request, e);
            return;
        }
        underWay.remove(key, request);
        request.complete(value);
    }

    private void fail(K key, CompletableFuture<Optional<V>> request, Throwable failure) {
        underWay.remove(key, request);
        request.completeExceptionally(failure);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            Throwable cause = cause(e);
            if (cause instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** About how many keys are remembered. */
    public long size() {
        cache.cleanUp();
        return cache.estimatedSize();
    }
}
