package io.tributary.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.serving.SpeedWrites;
import io.tributary.serving.snapshot.SnapshotStore;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore.Publication;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition was delivered with wrong orders: it is written anew and sealed again, while the speed layer goes on. */
class CorrectionIT {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final int PARTITIONS = 4;
    private static final int CUT = 3;
    private static final int BAD = 1;

    @TempDir
    private Path root;

    /** Of any event time, so that many are late. */
    private final List<EnrichedOrder> orders = new RandomOrders(21, PARTITIONS).list(400);

    private static Partition partition(int index) {
        return RetailLake.LAYOUT.partitionOf(RandomOrders.partition(index));
    }

    private List<EnrichedOrder> in(int index) {
        return orders.stream()
                .filter(order -> RandomOrders.partitionOf(order).equals(RandomOrders.partition(index)))
                .toList();
    }

    private static void deliver(LocalLake<EnrichedOrder> lake, int index, List<EnrichedOrder> delivered)
            throws IOException {
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            for (EnrichedOrder order : delivered) {
                writer.write(order, order.eventTime());
            }
            writer.flush();
            writer.seal(partition(index));
        }
    }

    /** The manifest goes first: from then on the partition is a hole, never half of one. */
    private void remove(int index) throws IOException {
        Path directory = root.resolve(partition(index).path());
        Files.delete(directory.resolve(Manifest.FILE_NAME));
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<Row> onePass(List<EnrichedOrder> orders) {
        Slices<EnrichedOrder> slices = VIEW.slices();
        slices.addAll(orders);
        return VIEW.rows(slices.toList());
    }

    @Test
    void aRebuildTakesInWhatWasCorrectedAndTheSpeedLayerGoesOn() throws IOException {
        LocalLake<EnrichedOrder> lake = LocalLake.at(root, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        List<EnrichedOrder> wrong = in(BAD).subList(0, in(BAD).size() / 2);
        for (int index = 0; index < CUT; index++) {
            deliver(lake, index, index == BAD ? wrong : in(index));
        }
        SnapshotStore snapshots = SnapshotStore.inMemory();
        InMemorySpeedStore speed = InMemorySpeedStore.create();
        Writer writer = speed.writer(VIEW, WriterId.only(), Start.empty("job"));
        List<EnrichedOrder> recent = in(CUT);
        SpeedWrites.commit(writer, 1, SpeedWrites.slices(VIEW, recent.subList(0, recent.size() / 2)));
        try (DuckDbEngine engine = DuckDbEngine.start()) {
            BatchViews<EnrichedOrder> views = BatchViews.on(engine, lake);
            BatchViewSnapshot bad = views.rebuild(VIEW, RandomOrders.partition(CUT));
            snapshots.begin(VIEW).publish(bad);
            LambdaView<EnrichedOrder> lambda = LambdaView.of(VIEW, bad.batch(), speed);

            remove(BAD);
            deliver(lake, BAD, in(BAD));
            SpeedWrites.commit(writer, 2, SpeedWrites.slices(VIEW, recent));
            List<EnrichedOrder> before = new ArrayList<>(orders);
            before.removeAll(in(BAD));
            before.addAll(wrong);
            assertThat(lambda.read().rows()).isEqualTo(onePass(before));

            assertThatIllegalStateException()
                    .isThrownBy(() -> views.refresh(VIEW, bad, RandomOrders.partition(CUT)))
                    .withMessageContaining("no longer sealed as they were");
            Publication publication = snapshots.begin(VIEW);
            publication.publish(views.rebuild(VIEW, RandomOrders.partition(CUT)));
            lambda.publish(snapshots.newest(VIEW).orElseThrow().batch());

            assertThat(lambda.read().rows()).isEqualTo(onePass(orders));
            assertThat(lambda.read().coverage().isComplete()).isTrue();
            assertThat(views.tally().partitions()).isEqualTo(2 * CUT);
            assertThat(views.tally().cut()).contains(RandomOrders.partition(CUT));
        }
    }
}
