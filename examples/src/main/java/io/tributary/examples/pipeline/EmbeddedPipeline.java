package io.tributary.examples.pipeline;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.retail.EnrichedOrder;
import io.tributary.schema.Outcome;
import io.tributary.serving.Answer;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.speed.IngestOptions;
import io.tributary.view.BatchView;
import io.tributary.view.Retention;
import io.tributary.view.SpeedStore;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole lambda architecture in one process: orders go to a lake on a local directory and, by the
 * same ingest partition, to a Flink job; batch views are built by DuckDB; answers are merged at a cut
 * that moves while orders flow. For one thread, but for {@link #read}.
 */
public final class EmbeddedPipeline implements AutoCloseable {
    /** Orders come in the order of their ingest clock, so that only the newest partitions grow; each checkpoint has them. */
    private static final IngestOptions KEPT = IngestOptions.defaults().withRetention(Duration.ofHours(2));

    private final BatchSide batch;
    private final SpeedStore store;
    private final SpeedJob speed;
    private final Map<String, LambdaView<EnrichedOrder>> merged = new LinkedHashMap<>();

    private EmbeddedPipeline(BatchSide batch, SpeedStore store, SpeedJob speed, List<View<EnrichedOrder>> views) {
        this.batch = batch;
        this.store = store;
        this.speed = speed;
        views.forEach(view -> merged.put(view.name(), LambdaView.of(view, store)));
    }

    /** Starts the pipeline of some views with its lake in a directory. */
    public static EmbeddedPipeline start(Path lake, List<View<EnrichedOrder>> views) throws Exception {
        InMemorySpeedStore store = InMemorySpeedStore.create();
        return start(lake, views, store, store.factory());
    }

    static EmbeddedPipeline start(
            Path lake, List<View<EnrichedOrder>> views, SpeedStore store, SpeedStore.Factory writers) throws Exception {
        return new EmbeddedPipeline(new BatchSide(lake), store, SpeedJob.start(views, KEPT, writers), views);
    }

    /** Takes an order in: to the lake and to the speed layer. Its event time column says when it arrived. */
    public void accept(EnrichedOrder order) throws IOException, InterruptedException {
        batch.accept(order);
        speed.accept(order);
    }

    /** Puts a rejected input into the lake's error prefix. */
    public void reject(Outcome.Rejected<?> rejected, Instant ingest) throws IOException {
        batch.reject(rejected, ingest);
    }

    /**
     * Seals the partitions before a cut, builds all batch views up to it, publishes them, and lets the
     * speed store forget what they cover.
     *
     * @param cut no order that arrived before it may be accepted from now on
     */
    public void moveCut(Instant cut) throws IOException {
        batch.sealUntil(cut);
        List<View<EnrichedOrder>> views =
                merged.values().stream().map(LambdaView::view).toList();
        for (BatchView built : batch.build(views, cut)) {
            merged(built.view()).publish(built);
        }
        Instant forgettable = Retention.forgettableBefore(
                merged.values().stream().map(LambdaView::cut).toList());
        views.forEach(view -> store.forget(view, forgettable));
    }

    /** The merged answer to a view, from what both layers have now. For any thread. */
    public Answer read(View<EnrichedOrder> view) {
        return merged(view.name()).read();
    }

    /** The merged views, for servers. */
    public List<LambdaView<EnrichedOrder>> views() {
        return List.copyOf(merged.values());
    }

    /** What the batch layer counts, for servers. */
    public MeterBinder meters() {
        return batch.meters();
    }

    private LambdaView<EnrichedOrder> merged(String view) {
        LambdaView<EnrichedOrder> answers = merged.get(view);
        if (answers == null) {
            throw new IllegalArgumentException(
                    "Cannot read view %s: the pipeline has %s".formatted(view, merged.keySet()));
        }
        return answers;
    }

    /** Lets the speed layer have all that was accepted. */
    public void flush() throws InterruptedException {
        speed.flush();
    }

    /** Ends the input and waits until the speed layer has all of it. */
    public void finish() throws InterruptedException {
        speed.finish();
    }

    @Override
    public void close() throws IOException {
        speed.close();
        batch.close();
    }
}
