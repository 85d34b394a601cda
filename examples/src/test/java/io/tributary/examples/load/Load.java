package io.tributary.examples.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A load on a server, in a process of its own: live streams that stay open, and requests that come at a steady
 * rate whether or not those before them were answered. How long a request took is counted from when it was
 * due, so that a server that stalls cannot hide it.
 */
final class Load {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final List<String> ASKED = List.of(
            "api/views/today-sales",
            "api/views/hourly-sales?from=2015-01-02&to=2015-01-03",
            "api/views/daily-sales",
            "api/views/category-sales?format=csv",
            "api/views/hourly-top3-divisions?from=2015-01-02&to=2015-01-03",
            "api/views");
    private static final List<String> WATCHED = List.of(
            "api/views/today-sales/live?mode=single",
            "api/views/hourly-sales/live?mode=update&last=24",
            "api/views/daily-sales/live?mode=update",
            "api/live?show=day-sales:single&show=today-sales:single&show=hourly-sales:update:168&show=category-sales:update");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final AtomicInteger failed = new AtomicInteger();
    private final Set<String> reasons = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong events = new AtomicLong();

    private Load(URI server) {
        this.server = server;
    }

    /**
     * The server, how many streams, how many requests a second, for how many seconds to warm up both processes, and
     * for how many to measure.
     */
    public static void main(String[] arguments) throws Exception {
        Load load = new Load(URI.create(arguments[0]));
        int streams = Integer.parseInt(arguments[1]);
        int perSecond = Integer.parseInt(arguments[2]);
        int warmUp = Integer.parseInt(arguments[3]);
        int seconds = Integer.parseInt(arguments[4]);
        load.watch(streams);
        load.ask(perSecond, warmUp);
        load.report(load.ask(perSecond, seconds));
        // The client's threads and open streams end with the process.
        System.exit(0);
    }

    private void watch(int streams) throws InterruptedException {
        for (int i = 0; i < streams; i++) {
            HttpRequest request = HttpRequest.newBuilder(server.resolve(WATCHED.get(i % WATCHED.size())))
                    .build();
            var unused = client.sendAsync(request, BodyHandlers.fromLineSubscriber(new Lines()))
                    .whenComplete((response, failure) -> failed.incrementAndGet());
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (open.get() < streams && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        if (open.get() < streams) {
            throw new IllegalStateException("Cannot watch: %d of %d streams are open".formatted(open.get(), streams));
        }
    }

    /** A stream counts as open with its first line, and as failed when it ends before the process does. */
    private final class Lines implements Flow.Subscriber<String> {
        private boolean begun;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (!begun) {
                begun = true;
                open.incrementAndGet();
            }
            if (line.startsWith("data:")) {
                events.incrementAndGet();
            }
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }

    /** How long the requests took. */
    private Histogram ask(int perSecond, int seconds) throws InterruptedException {
        int requests = perSecond * seconds;
        Histogram nanos = new ConcurrentHistogram(TimeUnit.MINUTES.toNanos(1), 3);
        CountDownLatch unanswered = new CountDownLatch(requests);
        List<HttpRequest> kinds = new ArrayList<>();
        ASKED.forEach(path -> kinds.add(
                HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE).build()));
        long start = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            long due = start + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            var unused = client.sendAsync(kinds.get(i % kinds.size()), BodyHandlers.ofByteArray())
                    .whenComplete((response, failure) -> {
                        nanos.recordValue(Math.min(nanos.getHighestTrackableValue(), System.nanoTime() - due));
                        if (failure != null || response.statusCode() != OK) {
                            failed.incrementAndGet();
                            reasons.add(failure == null ? "status " + response.statusCode() : failure.toString());
                        }
                        unanswered.countDown();
                    });
        }
        if (!unanswered.await(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            failed.addAndGet((int) unanswered.getCount());
        }
        return nanos;
    }

    private void report(Histogram nanos) {
        reasons.forEach(System.err::println);
        System.out.printf(
                "requests %d failed %d streams %d events %d p50 %.1f p99 %.1f p99.9 %.1f max %.1f ms%n",
                nanos.getTotalCount(),
                failed.get(),
                open.get(),
                events.get(),
                millis(nanos, 50),
                millis(nanos, 99),
                millis(nanos, 99.9),
                millis(nanos, 100));
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }
}
