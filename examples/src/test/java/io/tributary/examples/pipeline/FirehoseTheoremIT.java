package io.tributary.examples.pipeline;

import static io.tributary.retail.RandomOrders.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.BatchViews;
import io.tributary.batch.FirehoseDelivery;
import io.tributary.batch.FirehoseStream;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.serving.Answer;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.speed.IngestOptions;
import io.tributary.view.BatchView;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The lambda theorem where Firehose fills the lake by its own clock: DuckDB and Flink place each order on the same
 * side of every cut, as both go by its event time. Exact as long as Firehose delivers no order twice.
 */
class FirehoseTheoremIT {
    private static final int PARTITIONS = 4;
    private static final Duration LAG = Duration.ofMinutes(15);

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void mergedIsOnePassOverAllAtEveryCut(long seed) throws Exception {
        List<EnrichedOrder> orders = new RandomOrders(seed, PARTITIONS).list(600);
        new FirehoseStream(root, RetailLake.LAYOUT, LAG, seed).deliver(orders, 0);
        InMemorySpeedStore store = InMemorySpeedStore.create();
        try (SpeedJob job = SpeedJob.start(RetailViews.all(), IngestOptions.defaults(), store.factory())) {
            for (EnrichedOrder order : orders) {
                job.accept(order);
            }
            job.finish();
        }

        LocalLake<EnrichedOrder> lake = LocalLake.at(root, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        FirehoseDelivery<EnrichedOrder> delivery = FirehoseDelivery.cutBy(EnrichedOrder.EVENT_TIME)
                .withLag(LAG)
                .withClock(() -> partition(PARTITIONS + 1));
        try (DuckDbEngine engine = DuckDbEngine.start()) {
            for (int cut = 1; cut <= PARTITIONS; cut++) {
                List<BatchView> batch =
                        BatchViews.on(engine, lake, delivery).buildAll(RetailViews.all(), partition(cut));
                assertOnePass(batch, store, orders);
            }
        }
    }

    private static void assertOnePass(List<BatchView> batch, InMemorySpeedStore store, List<EnrichedOrder> orders) {
        for (int i = 0; i < batch.size(); i++) {
            View<EnrichedOrder> view = RetailViews.all().get(i);
            Slices<EnrichedOrder> onePass = view.slices();
            onePass.addAll(orders);

            Answer answer = LambdaView.of(view, batch.get(i), store).read();

            assertThat(answer.coverage().toString()).as(view.name()).contains("approximate: delivered by Firehose");
            assertThat(answer.rows())
                    .as("%s, %s", view.name(), batch.get(i).cut())
                    .isEqualTo(view.rows(onePass.toList()));
        }
    }
}
