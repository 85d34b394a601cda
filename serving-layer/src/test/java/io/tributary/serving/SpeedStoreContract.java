package io.tributary.serving;

import static io.tributary.retail.RandomOrders.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every speed store has to do. */
abstract class SpeedStoreContract {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final int PARTITIONS = 5;

    private final List<EnrichedOrder> orders = new RandomOrders(7, PARTITIONS).list(400);

    abstract SpeedStore open();

    /** The slices of some orders by partition, as the speed layer writes them. */
    static List<IngestSlice> slices(View<EnrichedOrder> view, List<EnrichedOrder> orders) {
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

    private List<Row> rowsFrom(Instant cut) {
        Slices<EnrichedOrder> fold = VIEW.slices();
        orders.stream()
                .filter(order -> !RandomOrders.partitionOf(order).isBefore(cut))
                .forEach(fold::add);
        return VIEW.rows(fold.toList());
    }

    @Test
    void readsNothingOfAViewThatWasNeverWritten() {
        try (SpeedStore store = open()) {
            SpeedStore.Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all());

            assertThat(contents.slices()).isEmpty();
            assertThat(contents.newest()).isEmpty();
            assertThat(contents.forgottenBefore()).isEqualTo(Instant.MIN);
        }
    }

    @Test
    void readsThePartitionsFromTheCutOn() {
        try (SpeedStore store = open()) {
            store.put(VIEW, slices(VIEW, orders));

            for (int cut = 0; cut <= PARTITIONS; cut++) {
                List<SlicePartial> read =
                        store.read(VIEW, partition(cut), TimeRange.all()).slices();
                assertThat(VIEW.rows(read)).isEqualTo(rowsFrom(partition(cut)));
            }
        }
    }

    @Test
    void keepsOnePartialAKeyHoweverOftenItIsWritten() {
        try (SpeedStore store = open()) {
            List<IngestSlice> slices = slices(VIEW, orders);
            store.put(VIEW, slices(VIEW, orders.subList(0, 100)));
            store.put(VIEW, slices);
            store.put(VIEW, slices);

            List<SlicePartial> read =
                    store.read(VIEW, Instant.MIN, TimeRange.all()).slices();
            assertThat(VIEW.rows(read)).isEqualTo(rowsFrom(Instant.MIN));
        }
    }

    @Test
    void keepsViewsApart() {
        try (SpeedStore store = open()) {
            store.put(VIEW, slices(VIEW, orders));

            assertThat(store.read(RetailViews.HOURLY_SALES, Instant.MIN, TimeRange.all())
                            .slices())
                    .isEmpty();
        }
    }

    @Test
    void isNotChangedByWhatItsReadersMerge() {
        try (SpeedStore store = open()) {
            store.put(VIEW, slices(VIEW, orders));
            Slices<EnrichedOrder> reader = VIEW.slices();
            reader.mergeAll(store.read(VIEW, Instant.MIN, TimeRange.all()).slices());
            reader.mergeAll(store.read(VIEW, Instant.MIN, TimeRange.all()).slices());
            reader.addAll(orders);

            List<SlicePartial> read =
                    store.read(VIEW, Instant.MIN, TimeRange.all()).slices();
            assertThat(VIEW.rows(read)).isEqualTo(rowsFrom(Instant.MIN));
        }
    }

    @Test
    void leavesOutNoSliceOfTheRange() {
        try (SpeedStore store = open()) {
            store.put(VIEW, slices(VIEW, orders));
            TimeRange day = TimeRange.day("2015-01-02");

            List<SlicePartial> read = store.read(VIEW, Instant.MIN, day).slices();

            Slices<EnrichedOrder> fold = VIEW.slices();
            fold.addAll(orders);
            assertThat(VIEW.rows(read, day)).isNotEmpty().isEqualTo(VIEW.rows(fold.toList(), day));
        }
    }

    @Test
    void tellsTheNewestPartitionAndWhatItHasForgotten() {
        try (SpeedStore store = open()) {
            store.put(VIEW, slices(VIEW, orders));
            store.forget(VIEW, partition(2));

            SpeedStore.Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all());
            assertThat(contents.newest()).contains(partition(PARTITIONS - 1));
            assertThat(contents.forgottenBefore()).isEqualTo(partition(2));
            assertThat(VIEW.rows(contents.slices())).isEqualTo(rowsFrom(partition(2)));
        }
    }

    @Test
    void doesNotTakeBackWhatItHasForgotten() {
        try (SpeedStore store = open()) {
            store.forget(VIEW, partition(2));
            store.forget(VIEW, partition(1));
            store.put(VIEW, slices(VIEW, orders));

            SpeedStore.Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all());
            assertThat(contents.forgottenBefore()).isEqualTo(partition(2));
            assertThat(VIEW.rows(contents.slices())).isEqualTo(rowsFrom(partition(2)));
        }
    }
}
