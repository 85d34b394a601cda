package io.tributary.serving.http;

import static io.tributary.serving.http.Heard.heard;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.TimeRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewFeedTest {
    private static final Selection ALL = new Selection(Mode.UPDATE, TimeRange.all(), 0);
    private static final Selection ANOTHER = new Selection(Mode.SINGLE, TimeRange.all(), 0);

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
    void whoChoosesSomethingElseWaitsForNoRead() throws Exception {
        StoreOnTheAir store = new StoreOnTheAir();
        store.send(orders);
        ViewFeed feed = feed(store);
        feed.subscribe(ALL, bell, null);
        reader.run();

        assertThat(heard(feed.subscribe(ANOTHER, bell, null)).texts("rows")).hasSize(1);
    }

    @Test
    void whoComesDuringAReadHearsWhatItFinds() throws Exception {
        List<Subscription> came = new ArrayList<>();
        List<ViewFeed> feeds = new ArrayList<>();
        StoreOnTheAir store = new StoreOnTheAir(speed ->
                new TroubledStore(speed, (view, read) -> came.add(feeds.get(0).subscribe(ANOTHER, bell, null))));
        store.send(orders);
        feeds.add(feed(store));
        feeds.get(0).subscribe(ALL, bell, null);
        reader.run();

        assertThat(heard(came.get(0)).texts("rows")).hasSize(1);
    }

    @Test
    void whoChoosesSomethingElseHearsOfAFailureAtOnce() throws Exception {
        ViewFeed feed = feed(new StoreOnTheAir(speed -> new TroubledStore(speed, (view, read) -> {
            throw new IllegalStateException("Cannot read the table: it is throttled");
        })));
        feed.subscribe(ALL, bell, null);
        reader.run();

        assertThat(heard(feed.subscribe(ANOTHER, bell, null)).name()).isEqualTo("problem");
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
