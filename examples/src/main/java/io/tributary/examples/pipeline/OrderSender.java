package io.tributary.examples.pipeline;

import io.tributary.aws.KinesisPublisher;
import io.tributary.enrich.Enricher;
import io.tributary.enrich.Lookup;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.OrderArrival;
import io.tributary.retail.OrderEnrichment;
import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import io.tributary.schema.Tally;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends order lines: joins them with their products, some at a time, stamps them with the time and publishes
 * them. Lines of unknown products, and those that are too long for the stream, are rejected. For one thread.
 */
public final class OrderSender {
    /** As fast as it goes. */
    public static final int UNPACED = Integer.MAX_VALUE;

    private static final int MAX_CHUNK = 500;
    private static final int CHUNKS_A_SECOND = 10;

    private final Enricher<OrderArrival, Product, EnrichedOrder> enricher;
    private final KinesisPublisher<EnrichedOrder> publisher;
    private final int rate;
    private final InstantSource clock;
    private final Consumer<Outcome.Rejected<EnrichedOrder>> rejects;
    private final List<TransactionOrder> chunk = new ArrayList<>();
    private final int chunkSize;
    private final long start = System.nanoTime();
    private Tally tally = Tally.ZERO;

    /**
     * Begins.
     *
     * @param rate the most lines a second, or {@link #UNPACED}
     * @param rejects is given each line that is not sent
     */
    public OrderSender(
            Lookup<String, Product> catalogue,
            KinesisPublisher<EnrichedOrder> publisher,
            int rate,
            InstantSource clock,
            Consumer<Outcome.Rejected<EnrichedOrder>> rejects) {
        this.enricher = OrderEnrichment.with(catalogue);
        this.publisher = publisher;
        this.rate = rate;
        this.clock = clock;
        this.rejects = rejects;
        this.chunkSize = Math.max(1, Math.min(rate / CHUNKS_A_SECOND, MAX_CHUNK));
    }

    /** Takes a line, to send it with those that follow. */
    public void send(TransactionOrder order) throws InterruptedException {
        chunk.add(order);
        if (chunk.size() >= chunkSize) {
            sendAll();
        }
    }

    /** Sends the lines that have been taken. Whether they arrive, the publisher tells. */
    public void sendAll() throws InterruptedException {
        awaitTurn();
        Instant now = clock.instant();
        List<OrderArrival> arrivals =
                chunk.stream().map(order -> new OrderArrival(order, now)).toList();
        chunk.clear();
        for (Outcome<EnrichedOrder> outcome : enricher.enrichAll(arrivals)) {
            Outcome<EnrichedOrder> published = published(outcome);
            if (published instanceof Outcome.Rejected<EnrichedOrder> rejected) {
                rejects.accept(rejected);
            }
            tally = tally.plus(published);
        }
    }

    private Outcome<EnrichedOrder> published(Outcome<EnrichedOrder> outcome) {
        if (outcome instanceof Outcome.Accepted<EnrichedOrder> accepted) {
            try {
                publisher.publish(accepted.value());
            } catch (IllegalArgumentException e) {
                return Outcome.rejected(new Rejection(0, null, null, String.valueOf(e.getMessage())), "");
            }
        }
        return outcome;
    }

    private void awaitTurn() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (rate != UNPACED) {
            long due = start + tally.read() * TimeUnit.SECONDS.toNanos(1) / rate;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }
    }

    /** What the publisher has taken and what was rejected so far. */
    public Tally tally() {
        return tally;
    }
}
