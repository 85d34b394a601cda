package io.tributary.serving;

import static io.tributary.retail.RandomOrders.partition;
import static io.tributary.retail.RandomOrders.partitionOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.view.BatchView;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One case of the lambda theorem: random orders in a speed store, merged with a batch view at every cut. */
public final class LambdaTheorem {
    private static final int PARTITIONS = 4;

    private final long seed;
    private final List<EnrichedOrder> orders;

    public LambdaTheorem(long seed, int size) {
        this.seed = seed;
        this.orders = new RandomOrders(seed, PARTITIONS).list(size);
    }

    /** Checks that what is merged at every cut is one pass over all, with a store that has nothing of the view. */
    public void check(View<EnrichedOrder> view, SpeedStore store) {
        Slices<EnrichedOrder> onePass = view.slices();
        onePass.addAll(orders);
        write(view, store.writer(view, WriterId.only(), Start.empty("theorem")));
        for (int cut = 0; cut <= PARTITIONS; cut++) {
            Answer answer = LambdaView.of(view, batchLayer(view, cut), store).read();

            assertThat(answer.rows()).as("%s at cut %d", view.name(), cut).isEqualTo(view.rows(onePass.toList()));
            assertThat(answer.coverage().isComplete()).isTrue();
        }
    }

    private BatchView batchLayer(View<EnrichedOrder> view, int cut) {
        Slices<EnrichedOrder> before = view.slices();
        orders.stream()
                .filter(order -> partitionOf(order).isBefore(partition(cut)))
                .forEach(before::add);
        return new BatchView(view.name(), partition(cut), before.toList(), List.of());
    }

    /** Puts what it has again and again while orders arrive in any order, and commits now and then, as the speed layer does. */
    private void write(View<EnrichedOrder> view, Writer writer) {
        Random random = new Random(seed);
        List<EnrichedOrder> arriving = new ArrayList<>(orders);
        Collections.shuffle(arriving, random);
        for (int written = 0; written < arriving.size(); ) {
            written = Math.min(arriving.size(), written + 1 + random.nextInt(50));
            writer.put(SpeedWrites.slices(view, arriving.subList(0, written)));
            if (random.nextBoolean()) {
                writer.prepare(written);
                if (random.nextBoolean()) {
                    writer.commit(written);
                }
            }
        }
        writer.prepare(arriving.size() + 1);
        writer.commit(arriving.size() + 1);
    }
}
