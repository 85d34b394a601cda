package io.tributary.examples.pipeline;

import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.WriterOptions;
import io.tributary.codec.JsonLines;
import io.tributary.enrich.Enricher;
import io.tributary.enrich.Lookup;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.OrderArrival;
import io.tributary.retail.OrderEnrichment;
import io.tributary.retail.Product;
import io.tributary.retail.RetailLake;
import io.tributary.retail.TransactionOrder;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import io.tributary.schema.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Delivers a bounded set of orders to a lake, all in one partition, which is sealed at the end: all of them,
 * or, when it is not sealed, none. The ingest clock never points into a partition that is sealed already: it is
 * then at the start of the next.
 */
public final class LakeIngest implements AutoCloseable {
    private final LakeWriter<EnrichedOrder> writer;
    private final Enricher<OrderArrival, Product, EnrichedOrder> enricher;
    private final JsonLines<TransactionOrder> lines = JsonLines.of(TransactionOrder.SCHEMA);
    private final Partition partition;
    private final InstantSource clock;
    private Tally tally = Tally.ZERO;
    private boolean sealed;

    private LakeIngest(
            LakeWriter<EnrichedOrder> writer,
            Lookup<String, Product> catalogue,
            Partition partition,
            InstantSource clock) {
        this.writer = writer;
        this.enricher = OrderEnrichment.with(catalogue);
        this.partition = partition;
        this.clock = clock;
    }

    /**
     * Begins.
     *
     * @throws IOException when somebody has left files in the partition: they would be sealed, too
     */
    public static LakeIngest into(
            Path directory, WriterOptions options, Lookup<String, Product> catalogue, InstantSource clock)
            throws IOException {
        LocalLake<EnrichedOrder> lake =
                LocalLake.at(directory, RetailLake.LAYOUT, EnrichedOrder.SCHEMA).withClock(clock);
        Instant now = clock.instant();
        Optional<Instant> sealed = lake.newestCut();
        Instant start = sealed.isPresent() && sealed.get().isAfter(now) ? sealed.get() : now;
        Partition partition = RetailLake.LAYOUT.partitionOf(start);
        if (!lake.visible(partition).isEmpty()) {
            throw new IOException(
                    "Cannot ingest into %s: it has files and no seal (delete them if an ingest left them; if a job did, seal it by 'batch seal' when its hour is over)"
                            .formatted(directory.resolve(partition.path())));
        }
        return new LakeIngest(lake.writer(options), catalogue, partition, clock);
    }

    /** The partition that takes the orders. */
    public Partition partition() {
        return partition;
    }

    /**
     * Enriches an order and delivers it, or, when its product is unknown or its line would be too long, puts it into
     * the error prefix.
     */
    public void accept(TransactionOrder order) throws IOException {
        Instant arrival = arrival();
        Outcome<EnrichedOrder> outcome = enricher.enrich(new OrderArrival(order, arrival));
        if (outcome instanceof Outcome.Accepted<EnrichedOrder> accepted) {
            try {
                writer.write(accepted.value(), arrival);
            } catch (IllegalArgumentException e) {
                Rejection rejection = new Rejection(0, null, null, String.valueOf(e.getMessage()));
                reject(new Outcome.Rejected<>(rejection, text(order)));
                return;
            }
        } else if (outcome instanceof Outcome.Rejected<EnrichedOrder> rejected) {
            writer.reject("enrichment-failed", new Outcome.Rejected<>(rejected.rejection(), text(order)), arrival);
        }
        tally = tally.plus(outcome);
    }

    private String text(TransactionOrder order) {
        try {
            return new String(lines.encode(order), StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException e) {
            return order.toString();
        }
    }

    /** Puts a malformed input into the error prefix. */
    public void reject(Outcome.Rejected<TransactionOrder> rejected) throws IOException {
        tally = tally.plus(rejected);
        writer.reject("format-conversion-failed", rejected, arrival());
    }

    /** Now, but never outside of the partition: what is fixed on arrival is the partition. */
    private Instant arrival() {
        Instant now = clock.instant();
        if (now.isBefore(partition.start())) {
            return partition.start();
        }
        return now.isBefore(partition.end()) ? now : partition.end().minusNanos(1_000);
    }

    /**
     * Makes all that was delivered readable.
     *
     * @return what was accepted and what was rejected
     */
    public Tally seal() throws IOException {
        writer.seal(partition);
        sealed = true;
        return tally;
    }

    /** Discards what was not sealed. */
    @Override
    public void close() throws IOException {
        if (!sealed) {
            writer.discard();
        }
        writer.close();
    }
}
