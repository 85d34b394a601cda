package io.tributary.examples.cluster;

import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.LambdaView;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads all the while: no order may be counted twice, and none that was counted may be missing later. */
final class WatchingReader {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final LambdaView<EnrichedOrder> view;
    private final Publishing publishing;
    private final CompletableFuture<Void> done;
    private volatile boolean ending;
    private final AtomicInteger reads = new AtomicInteger();
    private volatile int counted;

    private WatchingReader(LambdaView<EnrichedOrder> view, Publishing publishing) {
        this.view = view;
        this.publishing = publishing;
        this.done = CompletableFuture.runAsync(this::watch);
    }

    static WatchingReader start(LambdaView<EnrichedOrder> view, Publishing publishing) {
        return new WatchingReader(view, publishing);
    }

    private void watch() {
        Census before = new Census();
        while (!ending) {
            Census now = NumberedOrders.count(view.read().rows());
            int published = publishing.published();
            if (now.duplicated(published) > 0 || !now.includes(before)) {
                throw new IllegalStateException(
                        "Invalid answer: %d orders after %d, %d of them too often (must be each once)"
                                .formatted(now.size(), before.size(), now.duplicated(published)));
            }
            before = now;
            counted = now.size();
            reads.incrementAndGet();
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot watch: interrupted", e);
        }
    }

    /** How many orders the last answer had. */
    int counted() {
        if (done.isCompletedExceptionally()) {
            done.join();
        }
        return counted;
    }

    int reads() {
        return reads.get();
    }

    void end() throws Exception {
        ending = true;
        done.get(60, TimeUnit.SECONDS);
    }
}
