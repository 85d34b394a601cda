package io.tributary.serving;

import static io.tributary.retail.RandomOrders.partition;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
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
public abstract class SpeedStoreContract extends CommitContract {
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
            commit(store, VIEW, slices(VIEW, orders));

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
            Writer writer = commit(store, VIEW, slices(VIEW, orders.subList(0, 100)));
            for (int again = 2; again < 7; again++) {
                commit(writer, again, slices);
            }
            commit(store, VIEW, slices);

            List<SlicePartial> read =
                    store.read(VIEW, Instant.MIN, TimeRange.all()).slices();
            assertThat(VIEW.rows(read)).isEqualTo(rowsFrom(Instant.MIN));
        }
    }

    @Test
    protected final void keepsViewsApart() {
        try (SpeedStore store = open()) {
            commit(store, VIEW, slices(VIEW, orders));

            assertThat(store.read(RetailViews.HOURLY_SALES, Instant.MIN, TimeRange.all())
                            .slices())
                    .isEmpty();
        }
    }

    @Test
    protected final void isNotChangedByWhatItsReadersMerge() {
        try (SpeedStore store = open()) {
            commit(store, VIEW, slices(VIEW, orders));
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
            commit(store, VIEW, slices(VIEW, orders));
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
            commit(store, VIEW, slices(VIEW, orders));
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
            commit(store, VIEW, slices(VIEW, orders));

            SpeedStore.Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all());
            assertThat(contents.forgottenBefore()).isEqualTo(partition(2));
            assertThat(VIEW.rows(contents.slices())).isEqualTo(rowsFrom(partition(2)));
        }
    }

    @Test
    protected final void keepsWhatAWriterPutWhenAnotherTakesItsPlace() {
        try (SpeedStore store = open()) {
            commit(store, VIEW, slices(VIEW, orders));
            store.writer(VIEW, WriterId.only(), Start.empty("next"));

            assertThat(read(store)).isEqualTo(rowsFrom(Instant.MIN));
        }
    }

    @Test
    protected final void takesNothingAsNothing() {
        try (SpeedStore store = open()) {
            commit(store, VIEW, List.of());

            assertThat(store.read(VIEW, Instant.MIN, TimeRange.all()).newest()).isEmpty();
        }
    }

    /** Each commit gives every slice one order more, and old partitions are forgotten on the way. */
    @Test
    protected final void showsConcurrentReadersEachCommitAsAWhole() throws Exception {
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
                List<Writer> writers = new ArrayList<>();
                for (int writer = 0; writer < 2; writer++) {
                    writers.add(store.writer(VIEW, new WriterId(writer, 2), Start.empty("run")));
                }
                for (int put = 0; put < puts; put++) {
                    for (int writer = 0; writer < 2; writer++) {
                        writers.get(writer).put(shareOf(writer, 2, batches.get(put)));
                        writers.get(writer).prepare(put);
                    }
                    writers.get(put % 2).commit(put);
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
}
