package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.lake.Lakes;
import io.tributary.batch.lake.S3Lake;
import io.tributary.batch.query.AthenaEngine;
import io.tributary.batch.query.AthenaOptions;
import io.tributary.batch.server.AthenaLake;
import io.tributary.batch.server.S3Server;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.BatchView;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Athena's engine puts what Firehose delivered on the same side of each cut as a fold does. */
class FirehoseAthenaIT {
    private static final int HOURS = 4;
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_SALES;

    @TempDir
    private Path root;

    @Test
    void everyCutHasTheOrdersThatWereSentBeforeIt() throws IOException {
        // The engine rounds times to its milliseconds, and some of these to the next hour.
        List<EnrichedOrder> orders = new RandomOrders(13, HOURS)
                .list(1_500).stream()
                        .filter(order -> order.dateTime().getNano() == 0)
                        .toList();
        List<EnrichedOrder> delivered =
                new FirehoseStream(root, Lakes.LAYOUT, Duration.ofMinutes(15), 4).deliver(orders, 9);
        AthenaLake servers = AthenaLake.started();
        servers.upload(root, "firehose/");
        Source.Table table = servers.createTable("firehose", EnrichedOrder.SCHEMA, Lakes.LAYOUT, "firehose/");
        S3Lake<EnrichedOrder> lake = S3Lake.at(
                servers.s3(), "s3://%s/firehose/".formatted(S3Server.BUCKET), Lakes.LAYOUT, EnrichedOrder.SCHEMA);
        FirehoseDelivery<EnrichedOrder> delivery =
                FirehoseDelivery.cutBy(EnrichedOrder.EVENT_TIME).withClock(() -> RandomOrders.partition(HOURS + 1));
        AthenaEngine athena =
                AthenaEngine.on(servers.client(), AthenaOptions.defaults().withDatabase("lake"));
        BatchViews<EnrichedOrder> views = BatchViews.on(athena, lake, table, delivery);

        BatchView unknown = views.build(VIEW, RandomOrders.partition(HOURS));
        assertThat(unknown.holes())
                .hasSize(views.partitions(Instant.MIN, RandomOrders.partition(HOURS))
                        .size())
                .allMatch(hole -> hole.reason().equals("the table has no records there (register the partition)"));
        servers.repair("firehose");
        for (int hour = 1; hour <= HOURS; hour++) {
            Instant cut = RandomOrders.partition(hour);
            BatchView built = views.build(VIEW, cut);
            Slices<EnrichedOrder> fold = VIEW.slices();
            delivered.stream().filter(order -> order.eventTime().isBefore(cut)).forEach(fold::add);
            assertThat(built.slices()).as("before %s", cut).containsExactlyInAnyOrderElementsOf(fold.toList());
            assertThat(built.approximate()).isEqualTo(delivery.reason());
            assertThat(built.holes()).isEmpty();
        }

        Partition second = Lakes.LAYOUT.partitionOf(RandomOrders.partition(1));
        servers.execute("call hive.system.unregister_partition('lake', 'firehose',"
                + " array['year', 'month', 'day', 'hour'], array['2023', '09', '07', '05'])");
        BatchView holey = views.build(VIEW, RandomOrders.partition(HOURS));
        assertThat(holey.holes()).extracting(BatchView.Hole::partition).containsExactly(second.path());
        assertThat(holey.slices()).isNotEmpty();
    }
}
