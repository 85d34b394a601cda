package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.FirehoseStream;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.serving.snapshot.SnapshotStore;
import io.tributary.view.BatchView;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch views of a lake that Firehose filled, as a user builds them. */
class FirehoseCommandIT {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_SALES;

    @TempDir
    private Path root;

    @Test
    void publishesApproximateViewsAndSaysSo() throws IOException {
        List<EnrichedOrder> orders = new RandomOrders(5, 3).list(300);
        new FirehoseStream(root, RetailLake.LAYOUT, Duration.ofMinutes(15), 1).deliver(orders, 0);
        String lake = root.toString();
        String reason = "delivered by Firehose: at least once, cut by event_time with a lag of PT15M";

        Captured built = Captured.run(
                "batch", "refresh", VIEW.name(), "--lake", lake, "--firehose-lag", "PT15M", "--cut", "2023-09-07T06");
        assertThat(built.code()).as(built.text()).isZero();
        assertThat(built.text()).contains("2023-09-07T06:00:00Z", "approximate: " + reason);

        BatchView stored = SnapshotStore.inDirectory(root.resolve("batch_views"))
                .newest(VIEW)
                .orElseThrow()
                .batch();
        Slices<EnrichedOrder> fold = VIEW.slices();
        orders.stream()
                .filter(order -> order.eventTime().isBefore(RandomOrders.partition(2)))
                .forEach(fold::add);
        assertThat(stored.slices()).containsExactlyInAnyOrderElementsOf(fold.toList());
        assertThat(LambdaView.of(VIEW, stored, InMemorySpeedStore.create())
                        .read()
                        .coverage())
                .hasToString("approximate: batch before 2023-09-07T06:00:00Z; approximate: " + reason);

        Captured newest = Captured.run("batch", "refresh", VIEW.name(), "--lake", lake, "--firehose-lag", "PT15M");
        assertThat(newest.code()).as(newest.text()).isZero();
        assertThat(newest.text()).contains("refreshed", "approximate: " + reason);
        Captured same = Captured.run("reconcile", VIEW.name(), "--lake", lake, "--firehose-lag", "PT15M");
        assertThat(same.code()).as(same.text()).isZero();
        Captured exact = Captured.run("batch", "refresh", VIEW.name(), "--lake", lake);
        assertThat(exact.code()).isEqualTo(1);

        Captured query = Captured.run("query", "daily", "--lake", lake, "--firehose-lag", "PT15M", "--format", "csv");
        assertThat(query.code()).as(query.text()).isZero();
        assertThat(query.text()).contains("approximate: " + reason);
        assertThat(query.text()
                        .lines()
                        .filter(line -> line.matches("\\d{4}-.*"))
                        .mapToInt(line -> Integer.parseInt(line.split(",", -1)[1]))
                        .sum())
                .isEqualTo(orders.size());

        Captured wrong = Captured.run("batch", "refresh", "--lake", lake, "--firehose-lag", "PT-1S");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.text()).contains("Invalid lag of a delivery: PT-1S");
    }
}
