package io.tributary.examples.bench;

import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.data.SentOrder;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lakes of generated orders, sealed up to a cut. */
final class OrdersLake {
    /** All orders were sent before it. */
    static final Instant CUT = OrderGenerator.START.plus(OrderGenerator.SPAN);

    private OrdersLake() {}

    static LocalLake<EnrichedOrder> at(Path directory) {
        return LocalLake.at(directory, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
    }

    /** The orders of which a lake is filled, in memory. */
    static List<EnrichedOrder> orders(int count) {
        Catalogue catalogue = Catalogue.of(1);
        List<EnrichedOrder> orders = new ArrayList<>(count);
        OrderGenerator.of(catalogue, 1, count)
                .sentOrders()
                .forEachRemaining(sent -> orders.add(sent.enrichedFrom(catalogue)));
        return orders;
    }

    static LocalLake<EnrichedOrder> filled(Path directory, long count) throws IOException {
        LocalLake<EnrichedOrder> lake = at(directory);
        Catalogue catalogue = Catalogue.of(1);
        Set<Partition> partitions = new TreeSet<>();
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            Iterator<SentOrder> orders = OrderGenerator.of(catalogue, 1, count).sentOrders();
            while (orders.hasNext()) {
                SentOrder order = orders.next();
                writer.write(order.enrichedFrom(catalogue), order.eventTime());
                partitions.add(RetailLake.LAYOUT.partitionOf(order.eventTime()));
            }
            for (Partition partition : partitions) {
                writer.seal(partition);
            }
        }
        return lake;
    }
}
