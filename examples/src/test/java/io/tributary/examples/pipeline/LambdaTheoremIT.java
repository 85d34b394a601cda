package io.tributary.examples.pipeline;

import static io.tributary.retail.RandomOrders.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.serving.Answer;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lambda theorem through the real engines: a lake with DuckDB before the cut, Flink from the cut on. */
class LambdaTheoremIT {
    private static final int PARTITIONS = 4;

    @TempDir
    private Path lake;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mergedIsOnePassOverAllAtEveryCut(long seed) throws Exception {
        List<EnrichedOrder> orders = new RandomOrders(seed, PARTITIONS).list(600);
        try (EmbeddedPipeline pipeline = EmbeddedPipeline.start(lake, RetailViews.all())) {
            for (EnrichedOrder order : orders) {
                pipeline.accept(order);
            }
            pipeline.finish();
            assertOnePass(pipeline, orders, "no cut");
            for (int cut = 1; cut <= PARTITIONS; cut++) {
                pipeline.moveCut(partition(cut));
                assertOnePass(pipeline, orders, "cut " + cut);
            }
        }
    }

    private static void assertOnePass(EmbeddedPipeline pipeline, List<EnrichedOrder> orders, String at) {
        for (View<EnrichedOrder> view : RetailViews.all()) {
            Slices<EnrichedOrder> onePass = view.slices();
            onePass.addAll(orders);

            Answer answer = pipeline.read(view);

            assertThat(answer.coverage().isComplete())
                    .as("%s, %s", view.name(), at)
                    .isTrue();
            assertThat(answer.rows()).as("%s, %s", view.name(), at).isEqualTo(view.rows(onePass.toList()));
        }
    }
}
