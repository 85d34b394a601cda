package io.tributary.examples.pipeline;

import io.tributary.enrich.Enricher;
import io.tributary.enrich.InMemoryLookup;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.data.SentOrder;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.OrderArrival;
import io.tributary.retail.OrderEnrichment;
import io.tributary.retail.Product;
import io.tributary.schema.Outcome;
import io.tributary.schema.Tally;
import io.tributary.serving.Answer;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Replays made-up orders through a pipeline on their own ingest clock and moves the cut while they flow.
 * At each cut, and at the end, every merged answer is held against a single pass over all orders sent.
 */
public final class CheckedReplay {
    private static final Duration BETWEEN_CUTS = Duration.ofHours(6);
    /** How far the ingest clock is beyond a cut when it is made, so that the speed layer has its part in the answer. */
    private static final Duration BEHIND = Duration.ofMinutes(90);

    /** How long the speed layer may be behind what it was fed. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(250);

    private final EmbeddedPipeline pipeline;
    private final Listener listener;
    private final Duration patience;
    private final Map<View<EnrichedOrder>, Slices<EnrichedOrder>> onePass = new LinkedHashMap<>();
    private Tally tally = Tally.ZERO;

    /** Hears how the replay goes on. */
    public interface Listener {
        /** An order was sent. May take its time: so a replay is paced. */
        void sent(EnrichedOrder order, long count) throws InterruptedException;

        /** Answers were checked. */
        void checked(Check check);
    }

    /**
     * What was found at a cut.
     *
     * @param cut the batch layer answered before it
     * @param orders all orders sent so far
     * @param beyondCut those of them that the speed layer answered for
     * @param right the views whose answer was that of a single pass
     * @param wrong the views whose answer was another
     */
    public record Check(Instant cut, long orders, long beyondCut, List<String> right, List<String> wrong) {}

    public CheckedReplay(
            EmbeddedPipeline pipeline, List<View<EnrichedOrder>> views, Listener listener, Duration patience) {
        this.pipeline = pipeline;
        this.listener = listener;
        this.patience = patience;
        views.forEach(view -> onePass.put(view, view.slices()));
    }

    /**
     * Sends all orders.
     *
     * @return what was accepted and what was rejected
     */
    public Tally run(OrderGenerator generator) throws IOException, InterruptedException {
        Enricher<OrderArrival, Product, EnrichedOrder> enricher =
                OrderEnrichment.with(InMemoryLookup.of(generator.catalogue().products(), Product::productCode));
        Instant cut = OrderGenerator.START.plus(BETWEEN_CUTS);
        Instant end = OrderGenerator.START.plus(OrderGenerator.SPAN);
        long beyondCut = 0;
        long beyondLastCut = 0;
        for (Iterator<SentOrder> sending = generator.sentOrders(); sending.hasNext(); ) {
            SentOrder sent = sending.next();
            send(sent, enricher);
            beyondCut += sent.eventTime().isBefore(cut) ? 0 : 1;
            beyondLastCut++;
            if (sent.eventTime().isAfter(cut.plus(BEHIND))) {
                pipeline.moveCut(cut);
                pipeline.flush();
                check(cut, beyondCut);
                cut = cut.plus(BETWEEN_CUTS);
                beyondLastCut = beyondCut;
                beyondCut = 0;
            }
        }
        pipeline.finish();
        check(cut.minus(BETWEEN_CUTS), beyondLastCut);
        pipeline.moveCut(end);
        check(end, 0);
        return tally;
    }

    private void send(SentOrder sent, Enricher<OrderArrival, Product, EnrichedOrder> enricher)
            throws IOException, InterruptedException {
        Outcome<EnrichedOrder> outcome = enricher.enrich(new OrderArrival(sent.order(), sent.eventTime()));
        tally = tally.plus(outcome);
        if (outcome instanceof Outcome.Accepted<EnrichedOrder> accepted) {
            EnrichedOrder order = accepted.value();
            onePass.values().forEach(slices -> slices.add(order));
            pipeline.accept(order);
            listener.sent(order, tally.read());
        } else if (outcome instanceof Outcome.Rejected<EnrichedOrder> rejected) {
            pipeline.reject(rejected, sent.eventTime());
        }
    }

    /**
     * The speed layer is a moment behind what it was fed, so a wrong answer is asked again for a while; small
     * answers are asked first, since they cost least to repeat.
     */
    private void check(Instant cut, long beyondCut) throws InterruptedException {
        List<String> right = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        List<View<EnrichedOrder>> smallFirst = onePass.keySet().stream()
                .sorted(Comparator.comparing(view -> slices(view).size()))
                .toList();
        for (View<EnrichedOrder> view : smallFirst) {
            List<Row> truth = view.rows(slices(view).toList());
            boolean same = isRight(pipeline.read(view), truth);
            while (!same && System.nanoTime() < deadline) {
                Thread.sleep(POLL.toMillis());
                same = isRight(pipeline.read(view), truth);
            }
            (same ? right : wrong).add(view.name());
        }
        listener.checked(new Check(cut, tally.accepted(), beyondCut, right, wrong));
    }

    private Slices<EnrichedOrder> slices(View<EnrichedOrder> view) {
        return Objects.requireNonNull(onePass.get(view));
    }

    private static boolean isRight(Answer answer, List<Row> truth) {
        return answer.coverage().isComplete() && answer.rows().equals(truth);
    }
}
