package io.tributary.serving;

import static io.tributary.retail.RandomOrders.partition;
import static io.tributary.retail.RandomOrders.partitionOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.BatchView;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * For any orders, any assignment to partitions, any order of arrival and every cut: what the batch
 * layer has before the cut, merged with what the speed layer has from it on, is one pass over all.
 */
class LambdaTheoremTest {
    private static final int PARTITIONS = 4;

    @Property(tries = 100)
    void mergedIsOnePassOverAll(@ForAll long seed, @ForAll @IntRange(max = 120) int size) {
        List<EnrichedOrder> orders = new RandomOrders(seed, PARTITIONS).list(size);
        for (View<EnrichedOrder> view : RetailViews.all()) {
            Slices<EnrichedOrder> onePass = view.slices();
            onePass.addAll(orders);
            InMemorySpeedStore speed = speedLayer(view, orders, new Random(seed));
            for (int cut = 0; cut <= PARTITIONS; cut++) {
                LambdaView<EnrichedOrder> merged = LambdaView.of(view, batchLayer(view, orders, cut), speed);

                Answer answer = merged.read();

                assertThat(answer.rows()).as("%s at cut %d", view.name(), cut).isEqualTo(view.rows(onePass.toList()));
                assertThat(answer.coverage().isComplete()).isTrue();
            }
        }
    }

    private static BatchView batchLayer(View<EnrichedOrder> view, List<EnrichedOrder> orders, int cut) {
        Slices<EnrichedOrder> before = view.slices();
        orders.stream()
                .filter(order -> partitionOf(order).isBefore(partition(cut)))
                .forEach(before::add);
        return new BatchView(view.name(), partition(cut), before.toList(), List.of());
    }

    /** Writes what it has again and again while orders arrive in any order, as the speed layer does. */
    private static InMemorySpeedStore speedLayer(View<EnrichedOrder> view, List<EnrichedOrder> orders, Random random) {
        InMemorySpeedStore store = InMemorySpeedStore.create();
        List<EnrichedOrder> arriving = new java.util.ArrayList<>(orders);
        Collections.shuffle(arriving, random);
        for (int written = 0; written < arriving.size(); ) {
            written = Math.min(arriving.size(), written + 1 + random.nextInt(50));
            store.put(view, SpeedStoreContract.slices(view, arriving.subList(0, written)));
        }
        return store;
    }
}
