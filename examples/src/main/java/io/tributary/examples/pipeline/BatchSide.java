package io.tributary.examples.pipeline;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.examples.metrics.Meters;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionCursor;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.schema.Outcome;
import io.tributary.view.BatchView;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The batch layer of the embedded pipeline: orders go to a lake, DuckDB builds views over its sealed partitions. */
final class BatchSide implements AutoCloseable {
    private final LakeWriter<EnrichedOrder> delivery;
    private final DuckDbEngine engine;
    private final BatchViews<EnrichedOrder> views;
    private final PartitionCursor partitions = RetailLake.LAYOUT.cursor();
    private final NavigableSet<Partition> open = new TreeSet<>();

    BatchSide(Path directory) throws IOException {
        LocalLake<EnrichedOrder> lake = LocalLake.at(directory, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        this.delivery = lake.writer();
        this.engine = DuckDbEngine.start();
        this.views = BatchViews.on(engine, lake);
    }

    void accept(EnrichedOrder order) throws IOException {
        open.add(partitions.partitionOf(order.eventTime()));
        delivery.write(order, order.eventTime());
    }

    void reject(Outcome.Rejected<?> rejected, Instant ingest) throws IOException {
        delivery.reject("processing-failed", rejected, ingest);
    }

    /** Seals all partitions that end by an instant: no order will arrive in them any more. */
    void sealUntil(Instant end) throws IOException {
        while (!open.isEmpty() && !open.first().end().isAfter(end)) {
            delivery.seal(open.first());
            open.pollFirst();
        }
    }

    List<BatchView> build(List<View<EnrichedOrder>> wanted, Instant cut) throws IOException {
        return views.buildAll(wanted, cut);
    }

    MeterBinder meters() {
        return Meters.ofBatchLayer(engine, views);
    }

    @Override
    public void close() throws IOException {
        engine.close();
        delivery.close();
    }
}
