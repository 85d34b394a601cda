package io.tributary.examples.lab;

import io.tributary.codec.JsonLines;
import io.tributary.codec.RecordReader;
import io.tributary.codec.RecordWriter;
import io.tributary.examples.pipeline.OneView;
import io.tributary.retail.EnrichedOrder;
import io.tributary.schema.Outcome;
import io.tributary.serving.Answer;
import io.tributary.view.Slices;
import io.tributary.view.View;
import io.tributary.view.ViewBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lab over a bounded set of orders: its view on both layers, and its statement over the same orders. */
public final class LabRun implements AutoCloseable {
    private final Lab lab;
    private final int tail;
    private final Path copy;
    private final RecordWriter<EnrichedOrder> copying;
    private final @Nullable OneView engines;
    private final @Nullable Slices<EnrichedOrder> unranked;
    private final @Nullable View<EnrichedOrder> unrankedView;
    private final Deque<EnrichedOrder> latest = new ArrayDeque<>();

    private LabRun(Lab lab, int tail, Path directory) throws Exception {
        this.lab = lab;
        this.tail = tail;
        this.copy = directory.resolve("orders.ndjson");
        this.copying = JsonLines.of(EnrichedOrder.SCHEMA).write(copy);
        View<EnrichedOrder> view = lab.view().orElse(null);
        this.engines = view == null
                ? null
                : OneView.start(view, OneView.Layer.MERGED, Files.createDirectory(directory.resolve("lake")));
        this.unrankedView = view == null || view.top().isEmpty() ? null : unranked(view);
        this.unranked = unrankedView == null ? null : unrankedView.slices();
    }

    /**
     * Starts the engines.
     *
     * @param tail how many orders of the raw stream are kept
     * @param directory an empty one, for the lake and a copy of the orders
     */
    public static LabRun start(Lab lab, int tail, Path directory) throws Exception {
        return new LabRun(lab, tail, directory);
    }

    private static View<EnrichedOrder> unranked(View<EnrichedOrder> view) {
        ViewBuilder<EnrichedOrder> builder =
                View.named(view.name() + "-unranked").over(EnrichedOrder.SCHEMA);
        builder.window(view.window());
        view.dimensions().forEach(builder::groupBy);
        view.measures().forEach(builder::measure);
        view.having().ifPresent(builder::having);
        return builder.build();
    }

    public void accept(EnrichedOrder order) throws IOException, InterruptedException {
        copying.write(order);
        latest.addLast(order);
        if (latest.size() > tail) {
            latest.removeFirst();
        }
        if (engines != null) {
            engines.accept(order);
        }
        if (unranked != null) {
            unranked.add(order);
        }
    }

    /** Ends the input and answers: the view's rows from both layers, or the latest orders of the raw stream. */
    public LabTable answer() throws IOException, InterruptedException {
        copying.close();
        if (engines == null) {
            return LabTable.of(List.copyOf(latest));
        }
        Answer answer = engines.answer(null);
        if (!answer.coverage().isComplete()) {
            throw new IOException("Cannot compare lab %s: its answer is %s".formatted(lab.number(), answer.coverage()));
        }
        return LabTable.of(answer);
    }

    /**
     * Runs the statement over the orders of the answer.
     *
     * @param summaries where a statement that writes puts its files
     */
    public Comparison compare(LabTable answer, Path summaries) throws Exception {
        LabTable sql = LabSql.run(lab, copy, summaries, answer.columns());
        View<EnrichedOrder> view = lab.view().orElse(null);
        if (view == null) {
            return Comparison.ofRows(LabTable.of(allOrders()), sql);
        }
        return Comparison.of(view, answer, sql, candidates());
    }

    private LabTable candidates() {
        if (unrankedView == null || unranked == null) {
            return new LabTable(List.of(), List.of());
        }
        return new LabTable(
                unrankedView.columns(),
                unrankedView.rows(unranked.toList()).stream()
                        .map(row -> row.values())
                        .toList());
    }

    private List<EnrichedOrder> allOrders() throws IOException {
        List<EnrichedOrder> orders = new ArrayList<>();
        try (RecordReader<EnrichedOrder> reader =
                JsonLines.of(EnrichedOrder.SCHEMA).read(copy)) {
            while (reader.hasNext()) {
                if (reader.next() instanceof Outcome.Accepted<EnrichedOrder> accepted) {
                    orders.add(accepted.value());
                }
            }
        }
        return orders;
    }

    @Override
    public void close() throws IOException {
        copying.close();
        if (engines != null) {
            engines.close();
        }
    }
}
