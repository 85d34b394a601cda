package io.tributary.serving;

import static io.tributary.retail.RandomOrders.partition;
import static io.tributary.retail.RandomOrders.partitionOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.State;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LambdaViewTest {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final int PARTITIONS = 6;

    private final List<EnrichedOrder> orders = new RandomOrders(3, PARTITIONS).list(300);
    private final InMemorySpeedStore store = InMemorySpeedStore.create();

    private List<Row> onePass(TimeRange range) {
        Slices<EnrichedOrder> fold = VIEW.slices();
        fold.addAll(orders);
        return VIEW.rows(fold.toList(), range);
    }

    private BatchView batch(int cut, Hole... holes) {
        Slices<EnrichedOrder> before = VIEW.slices();
        orders.stream()
                .filter(order -> partitionOf(order).isBefore(partition(cut)))
                .forEach(before::add);
        return new BatchView(VIEW.name(), partition(cut), before.toList(), List.of(holes));
    }

    @Test
    void answersFromTheSpeedStoreAloneBeforeTheFirstBatchView() {
        SpeedWrites.commit(store, VIEW, SpeedWrites.slices(VIEW, orders));

        Answer answer = LambdaView.of(VIEW, store).read();

        assertThat(answer.rows()).isEqualTo(onePass(TimeRange.all()));
        assertThat(answer.columns()).isEqualTo(VIEW.columns());
        assertThat(answer.coverage()).hasToString("complete: speed to 2023-09-07T09:00:00Z, as of checkpoint 1");
    }

    @Test
    void tellsTheNewestSliceThatIsReached() {
        LambdaView<EnrichedOrder> merged = LambdaView.of(VIEW, store);
        assertThat(merged.read().reached()).isEmpty();
        SpeedWrites.commit(store, VIEW, SpeedWrites.slices(VIEW, orders));

        assertThat(merged.read().reached())
                .isEqualTo(orders.stream()
                        .map(EnrichedOrder::dateTime)
                        .max(Comparator.naturalOrder())
                        .map(newest -> newest.truncatedTo(ChronoUnit.HOURS)));
    }

    @Test
    void aViewWithoutWindowsReachesNoSlice() {
        SpeedWrites.commit(store, RetailViews.DAILY_SALES, SpeedWrites.slices(RetailViews.DAILY_SALES, orders));

        Answer answer = LambdaView.of(RetailViews.DAILY_SALES, store).read();

        assertThat(answer.rows()).isNotEmpty();
        assertThat(answer.reached()).isEmpty();
    }

    @Test
    void tellsWhyTheBatchViewIsApproximate() {
        BatchView batch = new BatchView(VIEW.name(), partition(2), List.of(), List.of(), "3 records came late");

        assertThat(LambdaView.of(VIEW, batch, store).read().coverage().approximate())
                .contains("3 records came late");
    }

    @Test
    void readsTheWindowsOfARange() {
        SpeedWrites.commit(store, VIEW, SpeedWrites.slices(VIEW, orders));
        TimeRange day = TimeRange.day("2015-01-02");

        Answer answer = LambdaView.of(VIEW, batch(3), store).read(day);

        assertThat(answer.rows())
                .isNotEmpty()
                .isEqualTo(onePass(day))
                .allMatch(row -> row.window() != null && day.contains(row.window()));
    }

    @Test
    void tellsWhatTheBatchViewLacks() {
        Hole hole = new Hole("year=2023/month=09/day=07/hour=05/", "not sealed");

        Coverage coverage = LambdaView.of(VIEW, batch(2, hole), store).read().coverage();

        assertThat(coverage.isComplete()).isFalse();
        assertThat(coverage.holes()).containsExactly(hole);
        assertThat(coverage.toString()).startsWith("incomplete: ").contains("hour=05/: not sealed");
    }

    @Test
    void tellsWhatTheSpeedStoreHasForgottenTooEarly() {
        SpeedWrites.commit(store, VIEW, SpeedWrites.slices(VIEW, orders));
        store.forget(VIEW, partition(3));

        Coverage coverage = LambdaView.of(VIEW, batch(2), store).read().coverage();

        assertThat(coverage.isComplete()).isFalse();
        assertThat(coverage.holes())
                .singleElement()
                .hasToString("from 2023-09-07T06:00:00Z to 2023-09-07T07:00:00Z: the speed store has forgotten it"
                        + " and no batch view covers it");
    }

    @Test
    void refusesToGoBack() {
        LambdaView<EnrichedOrder> merged = LambdaView.of(VIEW, batch(3), store);

        assertThatThrownBy(() -> merged.publish(batch(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot publish the batch view of hourly-category-sales up to 2023-09-07T06:00:00Z:"
                        + " one up to 2023-09-07T07:00:00Z is published (build it for a later cut)");
        assertThat(merged.cut()).isEqualTo(partition(3));
    }

    @Test
    void refusesTheBatchViewOfAnotherView() {
        assertThatThrownBy(() -> LambdaView.of(VIEW, BatchView.empty(RetailViews.HOURLY_SALES), store))
                .hasMessage("Invalid batch view: it is of hourly-sales (must be of hourly-category-sales)");
    }

    @Test
    void refusesARangeOfAViewWithoutWindows() {
        LambdaView<EnrichedOrder> sales = LambdaView.of(RetailViews.DAILY_SALES, store);

        assertThatThrownBy(() -> sales.read(TimeRange.day("2015-01-02")))
                .hasMessageStartingWith("Cannot read view daily-sales from 2015-01-02T00:00 to 2015-01-03T00:00")
                .hasMessageContaining("it has no windows");
    }

    @Test
    void tellsWhatTheStoreHasCommittedAndWhenAndWhatNot() {
        Instant at = Instant.parse("2023-09-07T10:00:00Z");
        InMemorySpeedStore timed = InMemorySpeedStore.create(() -> at);
        Writer writer = SpeedWrites.commit(timed, VIEW, SpeedWrites.slices(VIEW, orders.subList(0, 200)));
        writer.put(SpeedWrites.slices(VIEW, orders));
        LambdaView<EnrichedOrder> merged = LambdaView.of(VIEW, timed);

        Coverage committed = merged.read().coverage();
        assertThat(committed.provisional()).isFalse();
        assertThat(committed.commit()).contains(new Commit(1, at));
        assertThat(committed.lag(() -> at.plusSeconds(7))).contains(Duration.ofSeconds(7));
        Answer live = merged.read(TimeRange.all(), State.PROVISIONAL);
        assertThat(live.rows()).isEqualTo(onePass(TimeRange.all()));
        assertThat(live.coverage())
                .hasToString("complete: speed to 2023-09-07T09:00:00Z, as of checkpoint 1, provisional");
    }

    /**
     * The cut moves a thousand times while orders are committed and the store forgets what is covered: what a
     * reader sees is one pass over the orders up to a checkpoint, not before one that it has seen.
     */
    @Test
    void concurrentReadersNeverSeeWhatWasNeverTrue() throws Exception {
        Map<List<Row>, Integer> truths = new HashMap<>();
        List<EnrichedOrder> arriving = new ArrayList<>(orders);
        arriving.sort(Comparator.comparing(RandomOrders::partitionOf));
        Slices<EnrichedOrder> fold = VIEW.slices();
        truths.put(VIEW.rows(fold.toList()), 0);
        for (int i = 0; i < arriving.size(); i++) {
            fold.add(arriving.get(i));
            truths.put(VIEW.rows(fold.toList()), i + 1);
        }
        LambdaView<EnrichedOrder> merged = LambdaView.of(VIEW, store);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try {
            List<Future<Integer>> reads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                reads.add(readers.submit(() -> {
                    int last = 0;
                    boolean more = true;
                    while (more) {
                        more = !done.get();
                        Answer answer = merged.read();
                        assertThat(answer.coverage().isComplete()).isTrue();
                        assertThat(truths).containsKey(answer.rows());
                        int state = truths.get(answer.rows());
                        assertThat(state).isGreaterThanOrEqualTo(last);
                        last = state;
                    }
                    return last;
                }));
            }
            moveTheCut(merged, arriving);
            done.set(true);
            for (Future<Integer> read : reads) {
                assertThat(read.get()).isEqualTo(orders.size());
            }
        } finally {
            readers.shutdownNow();
        }
    }

    /** A thousand times, over six partitions: to where no order will arrive any more, and to an equal cut again. */
    private void moveTheCut(LambdaView<EnrichedOrder> merged, List<EnrichedOrder> arriving) {
        Writer writer = store.writer(VIEW, WriterId.only(), Start.empty("run"));
        int arrived = 0;
        for (int move = 1; move <= 1_000; move++) {
            int next = arriving.size() * move / 1_000;
            if (next > arrived) {
                Instant newest = partitionOf(arriving.get(arrived));
                List<EnrichedOrder> changed = arriving.subList(0, next).stream()
                        .filter(order -> !partitionOf(order).isBefore(newest))
                        .toList();
                SpeedWrites.commit(writer, move, SpeedWrites.slices(VIEW, changed));
                arrived = next;
            }
            Instant cut = arrived == 0 ? partition(0) : partitionOf(arriving.get(arrived - 1));
            Slices<EnrichedOrder> before = VIEW.slices();
            arriving.subList(0, arrived).stream()
                    .filter(order -> partitionOf(order).isBefore(cut))
                    .forEach(before::add);
            merged.publish(new BatchView(VIEW.name(), cut, before.toList(), List.of()));
            store.forget(VIEW, cut);
        }
    }
}
