package io.tributary.serving.http;

import static io.tributary.retail.RandomOrders.partition;
import static io.tributary.retail.RandomOrders.partitionOf;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.serving.SpeedWrites;
import io.tributary.view.BatchView;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The store's views over orders that a test sends: each order goes to the speed store, and to batch views on demand. */
final class StoreOnTheAir {
    private final List<EnrichedOrder> orders = new ArrayList<>();
    private final InMemorySpeedStore store = InMemorySpeedStore.create();
    private final Map<String, LambdaView<EnrichedOrder>> views = new LinkedHashMap<>();

    StoreOnTheAir() {
        this(UnaryOperator.identity());
    }

    /** @param read what the views read in place of the speed store */
    StoreOnTheAir(UnaryOperator<SpeedStore> read) {
        SpeedStore seen = read.apply(store);
        RetailViews.all().forEach(view -> views.put(view.name(), LambdaView.of(view, seen)));
    }

    List<LambdaView<EnrichedOrder>> views() {
        return List.copyOf(views.values());
    }

    LambdaView<EnrichedOrder> view(View<EnrichedOrder> view) {
        return views.get(view.name());
    }

    void send(List<EnrichedOrder> sent) {
        orders.addAll(sent);
        for (LambdaView<EnrichedOrder> view : views.values()) {
            SpeedWrites.commit(store, view.view(), SpeedWrites.slices(view.view(), orders));
        }
    }

    void moveCut(int cut) {
        for (LambdaView<EnrichedOrder> view : views.values()) {
            Slices<EnrichedOrder> before = view.view().slices();
            orders.stream()
                    .filter(order -> partitionOf(order).isBefore(partition(cut)))
                    .forEach(before::add);
            view.publish(new BatchView(view.view().name(), partition(cut), before.toList(), List.of()));
        }
    }
}
