package io.tributary.examples.cluster;

import io.tributary.aws.Delivery;
import io.tributary.aws.KinesisPublisher;
import io.tributary.aws.KinesisStream;
import io.tributary.aws.PublisherOptions;
import io.tributary.aws.WireForm;
import io.tributary.retail.EnrichedOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes numbered orders at a steady rate until it is told to end. */
final class Publishing {
    private static final int KEYS = 50;
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** So long that a busy machine answers: a request that is sent again may be on the stream twice. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KinesisPublisher<EnrichedOrder> publisher;
    private final AtomicInteger published = new AtomicInteger();
    private final CompletableFuture<Integer> done;
    private volatile boolean ending;

    private Publishing(KinesisStream stream, int perSecond) {
        this.publisher = KinesisPublisher.to(
                stream,
                WireForm.json(
                        EnrichedOrder.SCHEMA, order -> "part-%05d".formatted(NumberedOrders.number(order) % KEYS)),
                PublisherOptions.defaults()
                        .withOrdering(PublisherOptions.Ordering.NONE)
                        .withRequestTimeout(PATIENCE));
        this.done = CompletableFuture.supplyAsync(() -> publish(perSecond));
    }

    static Publishing start(KinesisStream stream, int perSecond) {
        return new Publishing(stream, perSecond);
    }

    private int publish(int perSecond) {
        try (publisher) {
            long start = System.nanoTime();
            while (!ending) {
                double seconds = (System.nanoTime() - start) / 1e9;
                while (!ending && published.get() < seconds * perSecond) {
                    publisher.publish(NumberedOrders.of(published.get(), Instant.now()));
                    published.incrementAndGet();
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
            return published.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot publish: interrupted", e);
        }
    }

    /** How many numbers were given out so far. */
    int published() {
        return published.get();
    }

    /** Ends. All numbers below the answer are on the stream, each once. */
    int end() throws Exception {
        ending = true;
        int numbers = done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Delivery<EnrichedOrder> delivery = publisher.delivery();
        if (delivery.acknowledged() != numbers || delivery.possibleDuplicates() > 0) {
            throw new IllegalStateException("Cannot tell what is on the stream: " + delivery);
        }
        return numbers;
    }
}
