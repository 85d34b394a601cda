package io.tributary.enrich;

import com.github.benmanes.caffeine.cache.AsyncCache;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
    private final AsyncCache<K, Optional<V>> cache;

    private CachedLookup(Lookup<K, V> source, CacheOptions options, Ticker ticker) {
        this.source = source;
        this.cache = Caffeine.newBuilder()
                .maximumSize(options.maxSize())
                .expireAfter(Expiry.<K, Optional<V>>writing(
                        (key, value) -> value.isPresent() ? options.expiry() : options.unknownExpiry()))
                .ticker(ticker)
                .executor(Runnable::run)
                .buildAsync();
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
        CompletableFuture<Optional<V>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<V>> asked = cache.asMap().putIfAbsent(key, mine);
        if (asked != null) {
            return await(asked);
        }
        try {
            mine.complete(source.find(key));
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
        return await(mine);
    }

    @Override
    public CompletionStage<Optional<V>> findAsync(K key) {
        CompletableFuture<Optional<V>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<V>> asked = cache.asMap().putIfAbsent(key, mine);
        if (asked != null) {
            return asked.minimalCompletionStage();
        }
        try {
            source.findAsync(key).whenComplete((value, failure) -> settle(mine, value, failure));
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        }
        return mine.minimalCompletionStage();
    }

    private static <T> void settle(CompletableFuture<T> future, @Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(cause(failure));
        }
    }

    @Override
    public Map<K, V> findAll(Collection<? extends K> keys) {
        Map<K, CompletableFuture<Optional<V>>> mine = new LinkedHashMap<>();
        Map<K, CompletableFuture<Optional<V>>> all = new LinkedHashMap<>();
        for (K key : new LinkedHashSet<K>(keys)) {
            CompletableFuture<Optional<V>> future = new CompletableFuture<>();
            CompletableFuture<Optional<V>> asked = cache.asMap().putIfAbsent(key, future);
            if (asked == null) {
                mine.put(key, future);
            }
            all.put(key, asked == null ? future : asked);
        }
        if (!mine.isEmpty()) {
            load(mine);
        }
        Map<K, V> found = new HashMap<>();
        all.forEach((key, future) -> await(future).ifPresent(value -> found.put(key, value)));
        return found;
    }

    private void load(Map<K, CompletableFuture<Optional<V>>> futures) {
        try {
            Map<K, V> values = source.findAll(futures.keySet());
            futures.forEach((key, future) -> future.complete(Optional.ofNullable(values.get(key))));
        } catch (RuntimeException | Error e) {
            futures.values().forEach(future -> future.completeExceptionally(e));
            throw e;
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            Throwable cause = cause(e);
            if (cause instanceof RuntimeException runtime) {
                throw runtime;
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
        cache.synchronous().cleanUp();
        return cache.synchronous().estimatedSize();
    }
}
