package io.tributary.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CachedLookupTest {
    private static final CacheOptions OPTIONS = CacheOptions.defaults()
            .withMaxSize(1_000)
            .withExpiry(Duration.ofMinutes(10))
            .withUnknownExpiry(Duration.ofMinutes(1));

    /** A source that keeps the requests that it got, and can be told to fail or to answer later. */
    private static final class Source implements Lookup<String, String> {
        final List<String> requests = new CopyOnWriteArrayList<>();
        final Map<String, CompletableFuture<Optional<String>>> later = new HashMap<>();
        boolean failing;

        @Override
        public Optional<String> find(String key) {
            requests.add(key);
            if (failing) {
                throw new IllegalStateException("Cannot reach the table");
            }
            return key.startsWith("no") ? Optional.empty() : Optional.of(key + "!");
        }

        @Override
        public CompletionStage<Optional<String>> findAsync(String key) {
            requests.add("async " + key);
            return later.computeIfAbsent(key, k -> new CompletableFuture<>());
        }

        @Override
        public Map<String, String> findAll(Collection<? extends String> keys) {
            requests.add("all " + keys);
            if (failing) {
                throw new IllegalStateException("Cannot reach the table");
            }
            Map<String, String> found = new HashMap<>();
            keys.stream().filter(key -> !key.startsWith("no")).forEach(key -> found.put(key, key + "!"));
            return found;
        }
    }

    private final Source source = new Source();
    private final ManualClock clock = ManualClock.at(Instant.EPOCH);
    private final CachedLookup<String, String> cached = CachedLookup.of(source, OPTIONS, clock);

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return Entry.contract(() -> CachedLookup.of(InMemoryLookup.of(Entry.ALL, Entry::key), CacheOptions.defaults()));
    }

    @Test
    void asksOnceUntilTheValueExpires() {
        cached.find("a");
        clock.advance(Duration.ofMinutes(10).minusNanos(1));
        assertThat(cached.find("a")).contains("a!");
        assertThat(source.requests).containsExactly("a");
        clock.advance(Duration.ofNanos(1));
        assertThat(cached.find("a")).contains("a!");
        assertThat(source.requests).containsExactly("a", "a");
    }

    @Test
    void remembersUnknownKeysForAShorterTime() {
        cached.find("no");
        clock.advance(Duration.ofSeconds(59));
        assertThat(cached.find("no")).isEmpty();
        assertThat(source.requests).containsExactly("no");
        clock.advance(Duration.ofSeconds(1));
        assertThat(cached.find("no")).isEmpty();
        assertThat(source.requests).containsExactly("no", "no");
    }

    @Test
    void asksForUnknownKeysEachTimeWhenToldSo() {
        CachedLookup<String, String> lookup = CachedLookup.of(source, OPTIONS.withUnknownExpiry(Duration.ZERO), clock);
        lookup.find("no");
        lookup.find("no");
        lookup.find("a");
        lookup.find("a");
        assertThat(source.requests).containsExactly("no", "no", "a");
    }

    @Test
    void doesNotRememberAFailure() {
        source.failing = true;
        assertThatThrownBy(() -> cached.find("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cached.findAll(List.of("a", "b"))).isInstanceOf(IllegalStateException.class);
        source.failing = false;
        assertThat(cached.find("a")).contains("a!");
        assertThat(cached.findAll(List.of("a", "b"))).containsOnlyKeys("a", "b");
    }

    @Test
    void doesNotRememberAnAsynchronousFailure() {
        CompletionStage<Optional<String>> first = cached.findAsync("a");
        source.later.get("a").completeExceptionally(new IllegalStateException("Cannot reach the table"));
        assertThat(first.toCompletableFuture())
                .isCompletedExceptionally()
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
        source.later.clear();
        CompletionStage<Optional<String>> second = cached.findAsync("a");
        source.later.get("a").complete(Optional.of("found"));
        assertThat(second.toCompletableFuture().join()).contains("found");
        assertThat(source.requests).containsExactly("async a", "async a");
    }

    /** A source that breaks its word must not leave anybody waiting. */
    @Test
    void nobodyWaitsForAnAnswerThatIsNone() {
        source.later.put("a", CompletableFuture.completedFuture(null));
        CompletableFuture<Optional<String>> answer = cached.findAsync("a").toCompletableFuture();
        assertThat(answer).isCompletedExceptionally();
        assertThatThrownBy(() -> cached.findAll(Arrays.asList("a", null))).isInstanceOf(NullPointerException.class);
        assertThat(cached.find("a")).contains("a!");
    }

    @Test
    void sharesARequestThatIsUnderWay() {
        CompletionStage<Optional<String>> first = cached.findAsync("a");
        CompletionStage<Optional<String>> second = cached.findAsync("a");
        assertThat(second.toCompletableFuture()).isNotDone();
        source.later.get("a").complete(Optional.of("found"));
        assertThat(first.toCompletableFuture().join()).contains("found");
        assertThat(second.toCompletableFuture().join()).contains("found");
        assertThat(cached.find("a")).contains("found");
        assertThat(source.requests).containsExactly("async a");
    }

    @Test
    void isNotHarmedByACallerThatGivesUp() {
        CompletionStage<Optional<String>> first = cached.findAsync("a");
        first.toCompletableFuture().cancel(true);
        CompletionStage<Optional<String>> second = cached.findAsync("a");
        source.later.get("a").complete(Optional.of("found"));
        assertThat(second.toCompletableFuture().join()).contains("found");
    }

    @Test
    void asksOnceForManyThreads() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        List<String> requests = new CopyOnWriteArrayList<>();
        CachedLookup<String, String> slow = CachedLookup.of(
                key -> {
                    requests.add(key);
                    asked.countDown();
                    try {
                        assertThat(answer.await(10, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return Optional.of(key);
                },
                OPTIONS);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Optional<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> slow.find("a")));
            }
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            answer.countDown();
            for (Future<Optional<String>> future : answers) {
                assertThat(future.get(10, TimeUnit.SECONDS)).contains("a");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(requests).containsExactly("a");
    }

    @Test
    void asksAtOnceForAllThatItDoesNotKnow() {
        cached.find("a");
        assertThat(cached.findAll(List.of("a", "b", "no", "c", "b")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "a!", "b", "b!", "c", "c!"));
        cached.findAll(List.of("a", "b", "no", "c"));
        assertThat(source.requests).containsExactly("a", "all [b, no, c]");
    }

    @Test
    void holdsNoMoreThanItsSize() {
        CachedLookup<String, String> small = CachedLookup.of(source, OPTIONS.withMaxSize(10), clock);
        IntStream.range(0, 1_000).forEach(i -> small.find("key" + i));
        assertThat(small.size()).isEqualTo(10);
    }

    @Test
    void refusesOptionsThatMeanNothing() {
        CacheOptions defaults = CacheOptions.defaults();
        assertThatThrownBy(() -> defaults.withMaxSize(0)).hasMessage("Invalid maxSize: 0 (must be at least 1)");
        assertThatThrownBy(() -> defaults.withExpiry(Duration.ZERO))
                .hasMessage("Invalid expiry: PT0S (must be from PT0.001S to PT876000H)");
        assertThatThrownBy(() -> defaults.withUnknownExpiry(Duration.ofSeconds(-1)))
                .hasMessage("Invalid unknownExpiry: PT-1S (must be from PT0S to PT876000H)");
    }
}
