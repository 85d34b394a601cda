package io.tributary.examples;

import static io.tributary.retail.EnrichedOrder.DIVISION_NAME;
import static io.tributary.retail.EnrichedOrder.MOUNT;
import static io.tributary.retail.EnrichedOrder.TR_DATETIME;
import static io.tributary.view.Measure.count;
import static io.tributary.view.Measure.sum;
import static io.tributary.view.Window.tumble;
import static java.time.Duration.ofHours;

import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.Answer;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.speed.ArrivalClock;
import io.tributary.speed.Arrivals;
import io.tributary.speed.LakeSink;
import io.tributary.view.BatchView;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The code that the README shows, between the marks. */
final class ReadmeExample {
    private ReadmeExample() {}

    // README
    static final View<EnrichedOrder> TOP_DIVISIONS = View.named("hourly-top-divisions")
            .over(EnrichedOrder.SCHEMA)
            .window(tumble(TR_DATETIME).every(ofHours(1)))
            .groupBy(DIVISION_NAME)
            .measure("mount", sum(MOUNT))
            .measure("cnt", count())
            .top(3)
            .by("mount")
            .build();

    /** One job: each order's ingest partition is fixed on arrival, then the stream forks to the lake and the speed store. */
    static void speed(DataStream<EnrichedOrder> orders, LakeSink<EnrichedOrder> lake, InMemorySpeedStore store) {
        Arrivals<EnrichedOrder> arrivals = lake.deliver(orders, ArrivalClock.system());
        arrivals.slices(TOP_DIVISIONS).into(store.factory());
    }

    /** The batch layer: one query over the sealed partitions before the cut. */
    static BatchView batch(DuckDbEngine duckDb, LocalLake<EnrichedOrder> lake, Instant cut) throws IOException {
        return BatchViews.on(duckDb, lake).build(TOP_DIVISIONS, cut);
    }

    /** The serving layer: one exact answer, which tells what it covers. */
    static Answer answer(BatchView batch, InMemorySpeedStore store) {
        return LambdaView.of(TOP_DIVISIONS, batch, store).read(TimeRange.day("2015-01-02"));
    }
    // README
}
