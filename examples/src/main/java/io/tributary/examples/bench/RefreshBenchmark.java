package io.tributary.examples.bench;

import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.pipeline.TemporaryDirectory;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.SlicePartial;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Views moved on by one partition, against views built anew, of a lake of half a year of hours. */
final class RefreshBenchmark implements Benchmark {
    private static final double TARGET = 100;
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_TOP3_DIVISIONS;
    private static final Duration HOUR = Duration.ofHours(1);

    @Override
    public String name() {
        return "refresh";
    }

    @Override
    public String summary() {
        return "a batch view moved on by one partition, against one built anew";
    }

    /** What a snapshot says, whatever the order of its slices. */
    private record Content(Instant cut, String seals, Set<SlicePartial> slices) {
        static Content of(BatchViewSnapshot snapshot) {
            return new Content(
                    snapshot.batch().cut(),
                    snapshot.seals(),
                    Set.copyOf(snapshot.batch().slices()));
        }
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        int partitions = (int) scale.of(48, 4_344);
        long orders = scale.of(4_800, 10_000_000);
        try (TemporaryDirectory work = TemporaryDirectory.create();
                DuckDbEngine engine = DuckDbEngine.start()) {
            LocalLake<EnrichedOrder> lake = OrdersLake.at(work.path());
            Instant cut = fill(lake, partitions, (int) (orders / partitions));
            BatchViews<EnrichedOrder> views = BatchViews.on(engine, lake);
            BatchViewSnapshot before = views.rebuild(VIEW, cut.minus(HOUR));
            check(views.refresh(VIEW, before, cut), views.rebuild(VIEW, cut));
            lines.accept(new Duel<>(
                            "a view of %,d partitions, one of them new".formatted(partitions),
                            1,
                            "views",
                            TARGET,
                            new Contender<>(
                                    "refresh",
                                    () -> views.refresh(VIEW, before, cut).seals()),
                            new Contender<>(
                                    "rebuild", () -> views.rebuild(VIEW, cut).seals()))
                    .run(scale));
        }
    }

    private static void check(BatchViewSnapshot refreshed, BatchViewSnapshot rebuilt) {
        if (!Content.of(refreshed).equals(Content.of(rebuilt))) {
            throw new IllegalStateException("Cannot compare: the refreshed view differs from the one built anew");
        }
    }

    /** As many orders in each hour; the cut behind the last. */
    private static Instant fill(LocalLake<EnrichedOrder> lake, int partitions, int ordersOfEach) throws IOException {
        List<EnrichedOrder> orders = OrdersLake.orders(ordersOfEach);
        Partition partition = RetailLake.LAYOUT.partitionOf(OrderGenerator.START);
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            for (int i = 0; i < partitions; i++) {
                for (EnrichedOrder order : orders) {
                    writer.write(order, partition.start());
                }
                writer.seal(partition);
                partition = RetailLake.LAYOUT.partitionOf(partition.end());
            }
        }
        return partition.start();
    }
}
