package io.tributary.serving;

import static io.tributary.retail.RandomOrders.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Checkpoint;
import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.State;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a speed store has to do about commits and generations of writers. A part of {@link SpeedStoreContract}. */
abstract class CommitContract {
    static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    static final int PARTITIONS = 5;
    private static final Start RUN = Start.empty("run");

    final List<EnrichedOrder> orders = new RandomOrders(7, PARTITIONS).list(400);

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

    static List<Row> rowsOf(List<EnrichedOrder> orders, Instant cut) {
        Slices<EnrichedOrder> fold = VIEW.slices();
        orders.stream()
                .filter(order -> !RandomOrders.partitionOf(order).isBefore(cut))
                .forEach(fold::add);
        return VIEW.rows(fold.toList());
    }

    static List<Row> rows(SpeedStore store, State state) {
        return VIEW.rows(store.read(VIEW, Instant.MIN, TimeRange.all(), state).slices());
    }

    static List<Row> read(SpeedStore store) {
        return rows(store, State.COMMITTED);
    }

    /** The slices that one of some writers has. */
    static List<IngestSlice> shareOf(int writer, int writers, List<IngestSlice> slices) {
        return slices.stream()
                .filter(slice -> Math.floorMod(slice.slice().key().hashCode(), writers) == writer)
                .toList();
    }

    private List<IngestSlice> first(int size) {
        return slices(VIEW, orders.subList(0, size));
    }

    private List<Row> rowsOfFirst(int size) {
        return rowsOf(orders.subList(0, size), Instant.MIN);
    }

    private static List<Writer> writers(SpeedStore store, int count, Start start) {
        List<Writer> writers = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            writers.add(store.writer(VIEW, new WriterId(index, count), start));
        }
        return writers;
    }

    private static void put(List<Writer> writers, List<IngestSlice> slices) {
        for (int index = 0; index < writers.size(); index++) {
            writers.get(index).put(shareOf(index, writers.size(), slices));
        }
    }

    private static void prepare(List<Writer> writers, long checkpoint) {
        writers.forEach(writer -> writer.prepare(checkpoint));
    }

    @Test
    protected final void showsNothingButWhatIsCommitted() {
        try (SpeedStore store = open()) {
            Writer writer = store.writer(VIEW, WriterId.only(), RUN);
            writer.put(first(100));
            assertThat(read(store)).isEmpty();
            writer.prepare(1);
            assertThat(read(store)).isEmpty();
            assertThat(store.read(VIEW, Instant.MIN, TimeRange.all()).commit()).isEmpty();
            writer.put(first(200));
            writer.commit(1);

            Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all());
            assertThat(VIEW.rows(contents.slices())).isEqualTo(rowsOfFirst(100));
            assertThat(contents.commit().map(Commit::checkpoint)).contains(1L);
            assertThat(contents.provisional()).isFalse();
        }
    }

    @Test
    protected final void keepsWhatIsCommittedHoweverOftenSlicesArePutMeanwhile() {
        try (SpeedStore store = open()) {
            Writer writer = commit(store, VIEW, first(100));
            for (int checkpoint = 2; checkpoint < 6; checkpoint++) {
                for (int again = 1; again <= 5; again++) {
                    writer.put(first(100 + 10 * again * checkpoint));
                    assertThat(read(store)).isEqualTo(rowsOfFirst(100));
                }
                writer.prepare(checkpoint); // and it fails
            }
            writer.commit(5);

            assertThat(read(store)).isEqualTo(rowsOfFirst(350));
        }
    }

    @Test
    protected final void commitsAllWritersTogether() {
        try (SpeedStore store = open()) {
            List<Writer> writers = writers(store, 3, RUN);
            put(writers, first(200));
            prepare(writers, 1);
            writers.get(2).commit(1);
            assertThat(read(store)).isEqualTo(rowsOfFirst(200));

            put(writers, first(300));
            writers.get(0).prepare(2);
            writers.get(1).prepare(2);
            assertThatThrownBy(() -> writers.get(0).commit(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Cannot commit checkpoint 2 of view " + VIEW.name()
                            + ": 2 of 3 writers have prepared it (commit it when all have)");
            assertThat(read(store)).isEqualTo(rowsOfFirst(200));
            writers.get(2).prepare(2);
            writers.get(0).commit(2);
            assertThat(read(store)).isEqualTo(rowsOfFirst(300));
        }
    }

    @Test
    protected final void commitsOnceAndNeverGoesBack() {
        try (SpeedStore store = open()) {
            List<Writer> writers = writers(store, 2, RUN);
            put(writers, first(100));
            prepare(writers, 1);
            put(writers, first(200));
            prepare(writers, 2);
            writers.get(0).commit(2);
            writers.get(1).commit(2);
            writers.get(0).commit(1);
            put(writers, first(300));
            writers.get(1).commit(2);

            assertThat(read(store)).isEqualTo(rowsOfFirst(200));
        }
    }

    @Test
    protected final void fencesTheWritersOfAnEarlierRun() {
        try (SpeedStore store = open()) {
            List<Writer> stale = writers(store, 2, RUN);
            put(stale, first(100));
            prepare(stale, 1);
            stale.get(0).commit(1);
            put(stale, first(200));
            prepare(stale, 2);

            Writer next = store.writer(VIEW, WriterId.only(), Start.empty("next"));

            assertThatThrownBy(() -> stale.get(1).commit(2))
                    .isInstanceOf(StaleWriterException.class)
                    .hasMessage("Cannot write slices of view %s as writer 1 of 2: another one took its place"
                                    .formatted(VIEW.name())
                            + " (end this one)");
            assertThatThrownBy(() -> stale.get(0).prepare(3)).isInstanceOf(StaleWriterException.class);
            assertThat(read(store)).isEqualTo(rowsOfFirst(100));
            commit(next, 1, first(50));
            assertThat(read(store)).isEqualTo(rowsOfFirst(50));
            assertThatThrownBy(() -> stale.get(1).commit(2)).isInstanceOf(StaleWriterException.class);
            assertThat(read(store)).isEqualTo(rowsOfFirst(50));
        }
    }

    /** Its tasks start in any order, while one that died with the attempt before still has a place. */
    @Test
    protected final void replacesTheWritersOfAnAttemptThatCommittedNothing() {
        try (SpeedStore store = open()) {
            Writer dead = store.writer(VIEW, new WriterId(0, 2), RUN);
            dead.put(first(300));
            dead.prepare(1);
            Writer second = store.writer(VIEW, new WriterId(1, 2), RUN);
            Writer first = store.writer(VIEW, new WriterId(0, 2), RUN);

            assertThatThrownBy(() -> dead.prepare(2)).isInstanceOf(StaleWriterException.class);
            put(List.of(first, second), first(100));
            prepare(List.of(first, second), 2);
            first.commit(2);
            assertThat(read(store)).isEqualTo(rowsOfFirst(100));
        }
    }

    /** A job resumes a checkpoint; its source gives some orders again, in other partitions than before. */
    @Test
    protected final void replacesWhatLiesFromTheFirstPartitionOn() {
        try (SpeedStore store = open()) {
            Writer before = commit(store, VIEW, first(400));
            Instant held = partition(2);
            List<EnrichedOrder> again = orders.subList(0, 90);

            Start start = Start.resuming("again", new Checkpoint(before.generation(), 1), held);
            Writer after = store.writer(VIEW, WriterId.only(), start);
            assertThat(after.generation()).isGreaterThan(before.generation());
            after.put(slices(VIEW, again).stream()
                    .filter(slice -> !slice.partition().isBefore(held))
                    .toList());
            assertThat(read(store)).isEqualTo(rowsOfFirst(400));
            assertThat(rows(store, State.PROVISIONAL)).isEqualTo(rowsOfFirst(400));
            after.prepare(2);
            after.commit(2);

            List<EnrichedOrder> expected = orders.stream()
                    .filter(order -> RandomOrders.partitionOf(order).isBefore(held) || again.contains(order))
                    .toList();
            assertThat(read(store)).isEqualTo(rowsOf(expected, Instant.MIN));
            commit(store, VIEW, first(10));
            assertThat(read(store)).isEqualTo(rowsOfFirst(10));
        }
    }

    @Test
    protected final void commitsWhatIsResumedAndWasNot() {
        try (SpeedStore store = open()) {
            List<Writer> ended = writers(store, 2, RUN);
            put(ended, first(200));
            prepare(ended, 7);
            put(ended, first(300));
            ended.get(0).prepare(8);
            Checkpoint resumed = new Checkpoint(ended.get(0).generation(), 7);

            Start start = Start.resuming("again", resumed, partition(3));
            Writer next = store.writer(VIEW, WriterId.only(), start);

            assertThat(read(store)).isEqualTo(rowsOfFirst(200));
            commit(next, 8, List.of());
            assertThat(read(store))
                    .isEqualTo(rowsOf(
                            orders.subList(0, 200).stream()
                                    .filter(order ->
                                            RandomOrders.partitionOf(order).isBefore(partition(3)))
                                    .toList(),
                            Instant.MIN));
        }
    }

    @Test
    protected final void doesNotCommitWhatIsResumedButWasNotPreparedByAll() {
        try (SpeedStore store = open()) {
            List<Writer> ended = writers(store, 2, RUN);
            put(ended, first(200));
            ended.get(0).prepare(7);
            Checkpoint resumed = new Checkpoint(ended.get(0).generation(), 7);
            store.writer(VIEW, WriterId.only(), Start.resuming("again", resumed, Instant.MIN));

            assertThat(read(store)).isEmpty();
        }
    }

    @Test
    protected final void isTheSameAfterTheNumberOfWritersHasChanged() {
        try (SpeedStore store = open()) {
            long generation = 0;
            for (int count : new int[] {2, 5, 1, 3}) {
                Start start = generation == 0
                        ? RUN
                        : Start.resuming("with " + count, new Checkpoint(generation, 2), Instant.MIN);
                List<Writer> writers = writers(store, count, start);
                put(writers, first(50));
                prepare(writers, 1);
                writers.get(0).commit(1);
                put(writers, first(Math.min(400, 100 * count)));
                prepare(writers, 2);
                writers.get(count - 1).commit(2);
                generation = writers.get(0).generation();

                assertThat(writers).extracting(Writer::generation).containsOnly(generation);
                assertThat(read(store)).isEqualTo(rowsOfFirst(Math.min(400, 100 * count)));
            }
        }
    }

    @Test
    protected final void readsWhatIsProvisionalWhenAsked() {
        try (SpeedStore store = open()) {
            Writer writer = store.writer(VIEW, WriterId.only(), RUN);
            writer.put(first(50));
            assertThat(rows(store, State.PROVISIONAL)).isEqualTo(rowsOfFirst(50));
            writer.prepare(1);
            writer.commit(1);
            writer.put(first(200));

            Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all(), State.PROVISIONAL);
            assertThat(VIEW.rows(contents.slices())).isEqualTo(rowsOfFirst(200));
            assertThat(contents.provisional()).isTrue();
            assertThat(contents.commit().map(Commit::checkpoint)).contains(1L);
            assertThat(read(store)).isEqualTo(rowsOfFirst(50));
        }
    }

    @Test
    protected final void forgetsWhatIsPreparedAndCommittedLater() {
        try (SpeedStore store = open()) {
            Writer writer = commit(store, VIEW, first(100));
            writer.put(first(300));
            writer.prepare(2);
            store.forget(VIEW, partition(2));
            writer.commit(2);
            writer.put(first(400));

            assertThat(read(store)).isEqualTo(rowsOf(orders.subList(0, 300), partition(2)));
            assertThat(rows(store, State.PROVISIONAL)).isEqualTo(rowsOf(orders, partition(2)));
            commit(store, VIEW, first(400));
            assertThat(read(store)).isEqualTo(rowsOf(orders, partition(2)));
        }
    }
}
