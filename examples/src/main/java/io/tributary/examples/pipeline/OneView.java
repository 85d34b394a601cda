package io.tributary.examples.pipeline;

import io.tributary.partition.Partition;
import io.tributary.partition.PartitionCursor;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.serving.Answer;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.speed.IngestOptions;
import io.tributary.view.BatchView;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers one view over a bounded set of orders, from one layer or from both; only the engines that are needed run. */
public final class OneView implements AutoCloseable {
    private final View<EnrichedOrder> view;
    private final Layer layer;
    private final @Nullable BatchSide batch;
    private final @Nullable SpeedJob speed;
    private final InMemorySpeedStore store = InMemorySpeedStore.create();
    private final PartitionCursor partitions = RetailLake.LAYOUT.cursor();
    private @Nullable Partition newest;

    /** Which layer answers. */
    public enum Layer {
        /** Flink, for the partitions from the cut on. */
        SPEED,
        /** The lake and DuckDB, for the partitions before the cut. */
        BATCH,
        /** Each on its side of the cut. */
        MERGED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private OneView(View<EnrichedOrder> view, Layer layer, Path lake) throws Exception {
        this.view = view;
        this.layer = layer;
        this.batch = layer == Layer.SPEED ? null : new BatchSide(lake);
        this.speed = layer == Layer.BATCH
                ? null
                : SpeedJob.start(List.of(view), IngestOptions.defaults().withUnlimitedRetention(), store.factory());
    }

    /** Starts the engines of a layer, with a lake in an empty directory. */
    public static OneView start(View<EnrichedOrder> view, Layer layer, Path lake) throws Exception {
        return new OneView(view, layer, lake);
    }

    /** Takes an order in, in any order of time. */
    public void accept(EnrichedOrder order) throws IOException, InterruptedException {
        Partition partition = partitions.partitionOf(order.eventTime());
        newest = newest == null || partition.compareTo(newest) > 0 ? partition : newest;
        if (batch != null) {
            batch.accept(order);
        }
        if (speed != null) {
            speed.accept(order);
        }
    }

    /**
     * Ends the input and answers.
     *
     * @param wanted the cut; null for the beginning when only the speed layer answers, for the end when only
     *     the batch layer does, and else for the start of the newest partition
     */
    public Answer answer(@Nullable Instant wanted) throws IOException, InterruptedException {
        Instant cut = wanted == null ? defaultCut() : wanted;
        if (speed != null) {
            speed.finish();
        }
        return LambdaView.of(view, batchView(cut), store).read();
    }

    private Instant defaultCut() {
        if (newest == null || layer == Layer.SPEED) {
            return Instant.MIN;
        }
        return layer == Layer.BATCH ? newest.end() : newest.start();
    }

    private BatchView batchView(Instant cut) throws IOException {
        if (batch == null) {
            return new BatchView(view.name(), cut, List.of(), List.of());
        }
        batch.sealUntil(cut);
        return batch.build(List.of(view), cut).get(0);
    }

    @Override
    public void close() throws IOException {
        if (speed != null) {
            speed.close();
        }
        if (batch != null) {
            batch.close();
        }
    }
}
