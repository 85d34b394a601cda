package io.tributary.serving;

import static io.tributary.retail.RandomOrders.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * What every speed store has to do: extend this class by a test of a store of one's own. It keeps and
 * reads the slices of {@link RetailViews}.
 */
public abstract class SpeedStoreContract {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final int PARTITIONS = 5;

    private final List<EnrichedOrder> orders = new RandomOrders(7, PARTITIONS).list(400);

    /** Opens a store in which nothing is. */
    protected abstract SpeedStore open();

    /** The slices of some orders by partition, as the speed layer writes them. */
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

    private static void put(SpeedStore store, List<IngestSlice> slices) {
        store.writer(VIEW, WriterId.only()).put(slices);
    }

    private static List<Row> read(SpeedStore store) {
        return VIEW.rows(store.read(VIEW, Instant.MIN, TimeRange.all()).slices());
    }

    /** The slices that one of two writers has. */
    private static List<IngestSlice> shareOf(int writer, List<IngestSlice> slices) {
        return slices.stream()
                .filter(slice -> Math.floorMod(slice.slice().key().hashCode(), 2) == writer)
                .toList();
    }

    private List<Row> rowsFrom(Instant cut) {
        return rowsOf(orders, cut);
    }

    @Test
    protected final void readsNothingOfAViewThatWasNeverWritten() {
        try (SpeedStore store = open()) {
            SpeedStore.Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all());

            assertThat(contents.slices()).isEmpty();
            assertThat(contents.newest()).isEmpty();
            assertThat(contents.forgottenBefore()).isEqualTo(Instant.MIN);
        }
    }

    @Test
    protected final void readsThePartitionsFromTheCutOn() {
        try (SpeedStore store = open()) {
            put(store, slices(VIEW, orders));

            for (int cut = 0; cut <= PARTITIONS; cut++) {
                List<SlicePartial> read =
                        store.read(VIEW, partition(cut), TimeRange.all()).slices();
                assertThat(VIEW.rows(read)).isEqualTo(rowsFrom(partition(cut)));
            }
        }
    }

    @Test
    protected final void keepsOnePartialAKeyHoweverOftenItIsWritten() {
        try (SpeedStore store = open()) {
            List<IngestSlice> slices = slices(VIEW, orders);
            Writer writer = store.writer(VIEW, WriterId.only());
            writer.put(slices(VIEW, orders.subList(0, 100)));
            for (int again = 0; again < 5; again++) {
                writer.put(slices);
            }
            put(store, slices);

            List<SlicePartial> read =
                    store.read(VIEW, Instant.MIN, TimeRange.all()).slices();
            assertThat(VIEW.rows(read)).isEqualTo(rowsFrom(Instant.MIN));
        }
    }

    @Test
    protected final void keepsViewsApart() {
        try (SpeedStore store = open()) {
            put(store, slices(VIEW, orders));

            assertThat(store.read(RetailViews.HOURLY_SALES, Instant.MIN, TimeRange.all())
                            .slices())
                    .isEmpty();
        }
    }

    @Test
    protected final void isNotChangedByWhatItsReadersMerge() {
        try (SpeedStore store = open()) {
            put(store, slices(VIEW, orders));
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
    protected final void leavesOutNoSliceOfTheRange() {
        try (SpeedStore store = open()) {
            put(store, slices(VIEW, orders));
            TimeRange day = TimeRange.day("2015-01-02");

            List<SlicePartial> read = store.read(VIEW, Instant.MIN, day).slices();

            Slices<EnrichedOrder> fold = VIEW.slices();
            fold.addAll(orders);
            assertThat(VIEW.rows(read, day)).isNotEmpty().isEqualTo(VIEW.rows(fold.toList(), day));
        }
    }

    @Test
    protected final void tellsTheNewestPartitionAndWhatItHasForgotten() {
        try (SpeedStore store = open()) {
            put(store, slices(VIEW, orders));
            store.forget(VIEW, partition(2));

            SpeedStore.Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all());
            assertThat(contents.newest()).contains(partition(PARTITIONS - 1));
            assertThat(contents.forgottenBefore()).isEqualTo(partition(2));
            assertThat(VIEW.rows(contents.slices())).isEqualTo(rowsFrom(partition(2)));
        }
    }

    @Test
    protected final void doesNotTakeBackWhatItHasForgotten() {
        try (SpeedStore store = open()) {
            store.forget(VIEW, partition(2));
            store.forget(VIEW, partition(1));
            put(store, slices(VIEW, orders));

            SpeedStore.Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all());
            assertThat(contents.forgottenBefore()).isEqualTo(partition(2));
            assertThat(VIEW.rows(contents.slices())).isEqualTo(rowsFrom(partition(2)));
        }
    }

    @Test
    protected final void takesTheSharesOfSeveralWriters() {
        try (SpeedStore store = open()) {
            List<IngestSlice> slices = slices(VIEW, orders);
            Writer first = store.writer(VIEW, new WriterId(0, 2));
            Writer second = store.writer(VIEW, new WriterId(1, 2));
            first.put(shareOf(0, slices));
            second.put(shareOf(1, slices));
            first.put(shareOf(0, slices));

            assertThat(read(store)).isEqualTo(rowsFrom(Instant.MIN));
        }
    }

    @Test
    protected final void fencesTheWriterWhosePlaceWasTaken() {
        try (SpeedStore store = open()) {
            List<IngestSlice> slices = slices(VIEW, orders);
            Writer stale = store.writer(VIEW, WriterId.only());
            stale.put(slices(VIEW, orders.subList(0, 200)));
            Writer writer = store.writer(VIEW, WriterId.only());

            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(() -> stale.put(slices(VIEW, orders.subList(0, 100))))
                        .isInstanceOf(StaleWriterException.class)
                        .hasMessage("Cannot put slices of view %s as writer 0 of 1: another one took its place"
                                        .formatted(VIEW.name())
                                + " (end this one)");
            }
            writer.put(slices);

            assertThat(read(store)).isEqualTo(rowsFrom(Instant.MIN));
        }
    }

    @Test
    protected final void fencesWritersBeyondTheirNewNumber() {
        try (SpeedStore store = open()) {
            List<IngestSlice> slices = slices(VIEW, orders);
            Writer first = store.writer(VIEW, new WriterId(0, 2));
            Writer second = store.writer(VIEW, new WriterId(1, 2));
            first.put(shareOf(0, slices(VIEW, orders.subList(0, 100))));
            second.put(shareOf(1, slices(VIEW, orders.subList(0, 100))));

            Writer only = store.writer(VIEW, WriterId.only());

            assertThatThrownBy(() -> second.put(slices)).isInstanceOf(StaleWriterException.class);
            assertThatThrownBy(() -> first.put(slices)).isInstanceOf(StaleWriterException.class);
            only.put(slices);
            assertThat(read(store)).isEqualTo(rowsFrom(Instant.MIN));
        }
    }

    @Test
    protected final void keepsWhatAWriterPutWhenAnotherTakesItsPlace() {
        try (SpeedStore store = open()) {
            put(store, slices(VIEW, orders));
            store.writer(VIEW, WriterId.only());

            assertThat(read(store)).isEqualTo(rowsFrom(Instant.MIN));
        }
    }

    @Test
    protected final void takesNothingAsNothing() {
        try (SpeedStore store = open()) {
            put(store, List.of());

            assertThat(store.read(VIEW, Instant.MIN, TimeRange.all()).newest()).isEmpty();
        }
    }

    /** Each put gives every slice one order more, and old partitions are forgotten on the way. */
    @Test
    protected final void showsConcurrentReadersEachPutAsAWhole() throws Exception {
        int puts = 12;
        Map<List<Row>, Integer> states = new HashMap<>();
        List<List<IngestSlice>> batches = new ArrayList<>();
        List<EnrichedOrder> growing = new ArrayList<>();
        for (int put = 1; put <= puts; put++) {
            growing.addAll(orders.subList(0, 60));
            batches.add(slices(VIEW, growing));
            for (int cut = 0; cut <= PARTITIONS; cut++) {
                states.put(rowsOf(growing, partition(cut)), put);
            }
        }
        states.put(List.of(), 0);
        try (SpeedStore store = open()) {
            AtomicBoolean done = new AtomicBoolean();
            ExecutorService readers = Executors.newFixedThreadPool(2);
            try {
                List<Future<Integer>> reads = new ArrayList<>();
                for (int reader = 0; reader < 2; reader++) {
                    reads.add(readers.submit(() -> {
                        int last = 0;
                        while (!done.get()) {
                            SpeedStore.Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all());
                            List<Row> rows = VIEW.rows(contents.slices());
                            assertThat(states).containsKey(rows);
                            int state = states.get(rows);
                            assertThat(state).isGreaterThanOrEqualTo(last);
                            last = state;
                        }
                        return last;
                    }));
                }
                Writer writer = store.writer(VIEW, WriterId.only());
                for (int put = 0; put < puts; put++) {
                    writer.put(batches.get(put));
                    store.forget(VIEW, partition(put * (PARTITIONS - 1) / puts));
                }
                done.set(true);
                for (Future<Integer> read : reads) {
                    assertThat(read.get()).isBetween(0, puts);
                }
            } finally {
                readers.shutdownNow();
            }
            Instant kept = store.read(VIEW, Instant.MIN, TimeRange.all()).forgottenBefore();
            assertThat(read(store)).isNotEmpty().isEqualTo(rowsOf(growing, kept));
        }
    }

    private static List<Row> rowsOf(List<EnrichedOrder> orders, Instant cut) {
        Slices<EnrichedOrder> fold = VIEW.slices();
        orders.stream()
                .filter(order -> !RandomOrders.partitionOf(order).isBefore(cut))
                .forEach(fold::add);
        return VIEW.rows(fold.toList());
    }
}
