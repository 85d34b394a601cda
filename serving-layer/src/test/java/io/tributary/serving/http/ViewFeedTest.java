package io.tributary.serving.http;

import static io.tributary.serving.http.Heard.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.TimeRange;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewFeedTest {
    private static final Selection ALL = new Selection(Mode.UPDATE, TimeRange.all(), 0);

    private final List<EnrichedOrder> orders = new RandomOrders(3, 2).list(10);
    private final HandDriven reader = new HandDriven();
    private final Bell bell = new Bell();

    @AfterEach
    void stop() {
        reader.shutdownNow();
    }

    private ViewFeed feed(StoreOnTheAir store) {
        return new ViewFeed(
                store.view(RetailViews.DAILY_SALES),
                HttpOptions.defaults(),
                reader,
                new ServerMetrics(List.copyOf(store.views())));
    }

    @Test
    void whoComesAgainAfterEverybodyHadLeftHearsAll() throws Exception {
        StoreOnTheAir store = new StoreOnTheAir();
        ViewFeed feed = feed(store);
        store.send(orders.subList(0, 5));
        Subscription first = feed.subscribe(ALL, bell, null);
        reader.run();
        String id = heard(first).id();
        first.close();
        reader.run();
        store.send(orders.subList(5, 10));

        Subscription again = feed.subscribe(ALL, bell, id);
        reader.run();

        assertThat(heard(again).name()).isEqualTo("set");
    }

    @Test
    void goesOnAfterAnError() throws Exception {
        StoreOnTheAir store = new StoreOnTheAir(speed -> new TroubledStore(speed, (view, read) -> {
            if (read == 1) {
                throw new OutOfMemoryError();
            }
        }));
        ViewFeed feed = feed(store);
        Subscription subscription = feed.subscribe(ALL, bell, null);

        reader.run();
        assertThat(heard(subscription).name()).isEqualTo("problem");
        reader.run();
        assertThat(heard(subscription).name()).isEqualTo("set");
    }
}
