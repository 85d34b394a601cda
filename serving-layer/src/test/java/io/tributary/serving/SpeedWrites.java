package io.tributary.serving;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.view.IngestSlice;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.View;
import java.util.ArrayList;
import java.util.List;

/** What the speed layer writes of orders. */
public final class SpeedWrites {
    private SpeedWrites() {}

    /** The slices of some orders by partition. */
    public static List<IngestSlice> slices(View<EnrichedOrder> view, List<EnrichedOrder> orders) {
        List<IngestSlice> slices = new ArrayList<>();
        orders.stream().map(RandomOrders::partitionOf).distinct().forEach(partition -> {
            Slices<EnrichedOrder> ofPartition = view.slices();
            orders.stream()
                    .filter(order -> RandomOrders.partitionOf(order).equals(partition))
                    .forEach(ofPartition::add);
            ofPartition.toList().forEach(slice -> slices.add(new IngestSlice(partition, slice)));
        });
        return slices;
    }

    /** Puts slices as the only writer of a new run, and commits them. */
    public static Writer commit(SpeedStore store, View<?> view, List<IngestSlice> slices) {
        Writer writer = store.writer(view, WriterId.only(), Start.empty("commit"));
        commit(writer, 1, slices);
        return writer;
    }

    /** Puts slices and commits them with a checkpoint. */
    public static void commit(Writer writer, long checkpoint, List<IngestSlice> slices) {
        writer.put(slices);
        writer.prepare(checkpoint);
        writer.commit(checkpoint);
    }
}
