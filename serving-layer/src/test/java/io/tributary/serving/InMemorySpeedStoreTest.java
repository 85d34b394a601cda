package io.tributary.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.testing.Promises;
import io.tributary.testing.SpeedStoreContract;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Checkpoint;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.State;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InMemorySpeedStoreTest {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;

    private final List<EnrichedOrder> orders = new RandomOrders(3, 4).list(80);
    private final InMemorySpeedStore store = InMemorySpeedStore.create();

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return Promises.of(SpeedStoreContract.of(InMemorySpeedStore::create));
    }

    @Test
    void tellsHowManyWritersHavePreparedACheckpoint() {
        Writer writer = store.writer(RetailViews.DAILY_SALES, new WriterId(0, 3), Start.empty("run"));
        writer.prepare(2);

        assertThatThrownBy(() -> writer.commit(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot commit checkpoint 2 of view %s: 1 of 3 writers have prepared it"
                                .formatted(RetailViews.DAILY_SALES.name())
                        + " (commit it when all have)");
    }

    private List<IngestSlice> slicesOfFirst(int size) {
        return SpeedWrites.slices(VIEW, orders.subList(0, size));
    }

    private List<Row> rowsOfFirst(int size) {
        return VIEW.rows(slicesOfFirst(size).stream().map(IngestSlice::slice).toList());
    }

    private Contents read(State state) {
        return store.read(VIEW, Instant.MIN, TimeRange.all(), state);
    }

    private List<Row> rows(State state) {
        return VIEW.rows(read(state).slices());
    }

    @Test
    void tellsAWriterThatWasReplacedWhenItPuts() {
        Writer stale = store.writer(VIEW, WriterId.only(), Start.empty("run"));
        store.writer(VIEW, WriterId.only(), Start.empty("next"));

        assertThatThrownBy(() -> stale.put(slicesOfFirst(10))).isInstanceOf(StaleWriterException.class);
    }

    @Test
    void showsWhatIsPreparedProvisionallyUntilItIsCommitted() {
        Writer writer = store.writer(VIEW, WriterId.only(), Start.empty("run"));
        writer.put(slicesOfFirst(40));
        writer.prepare(1);

        assertThat(rows(State.PROVISIONAL)).isEqualTo(rowsOfFirst(40));
        assertThat(read(State.PROVISIONAL).provisional()).isTrue();
        writer.commit(1);
        assertThat(rows(State.PROVISIONAL)).isEqualTo(rowsOfFirst(40));
        assertThat(read(State.PROVISIONAL).provisional()).isFalse();
    }

    @Test
    void takesOverNothingOfAnEarlierRunWithMoreWriters() {
        Writer second = store.writer(VIEW, new WriterId(1, 2), Start.empty("run"));
        second.put(slicesOfFirst(80));
        second.prepare(1);

        SpeedWrites.commit(store, VIEW, slicesOfFirst(40));

        assertThat(rows(State.COMMITTED)).isEqualTo(rowsOfFirst(40));
    }

    /** The next run has nothing from its first partition on. */
    private Optional<Instant> newestAfterARunFrom(int first) {
        Writer writer = SpeedWrites.commit(store, VIEW, SpeedWrites.slices(VIEW, orders));
        Checkpoint resumed = new Checkpoint(writer.generation(), 1);
        Start start = Start.resuming("again", resumed, RandomOrders.partition(first));
        SpeedWrites.commit(store.writer(VIEW, WriterId.only(), start), 2, List.of());
        return read(State.COMMITTED).newest();
    }

    @Test
    void theNewestPartitionIsOneThatARunDidNotReplace() {
        assertThat(newestAfterARunFrom(2)).contains(RandomOrders.partition(1));
        assertThat(newestAfterARunFrom(3)).contains(RandomOrders.partition(2));
        assertThat(newestAfterARunFrom(4)).contains(RandomOrders.partition(3));
    }

    @Test
    void theNewestPartitionIsKnownAfterItWasForgotten() {
        store.forget(VIEW, RandomOrders.partition(4));

        assertThat(newestAfterARunFrom(4)).contains(RandomOrders.partition(3));
        assertThat(rows(State.COMMITTED)).isEmpty();
    }

    @Test
    void theNewestPartitionDoesNotGoBackWhenAnOlderOneIsWritten() {
        Writer writer = SpeedWrites.commit(store, VIEW, SpeedWrites.slices(VIEW, orders));
        Instant oldest = RandomOrders.partition(0);
        SpeedWrites.commit(
                writer,
                2,
                SpeedWrites.slices(VIEW, orders).stream()
                        .filter(slice -> slice.partition().equals(oldest))
                        .toList());

        assertThat(read(State.COMMITTED).newest()).contains(RandomOrders.partition(3));
    }

    @Test
    void isFoundAgainThroughASerializedFactory() throws Exception {
        InMemorySpeedStore.create();

        SpeedStore found = serialized(store.factory()).open();

        assertThat(found).isSameAs(store);
    }

    @Test
    void saysWhenItIsGone() throws Exception {
        SpeedStore.Factory factory = serialized(InMemorySpeedStore.create().factory());

        for (int i = 0; i < 100; i++) {
            System.gc();
            InMemorySpeedStore.create();
        }

        assertThatThrownBy(factory::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot open the in-memory speed store")
                .hasMessageContaining("in another process or gone");
    }

    private static SpeedStore.Factory serialized(SpeedStore.Factory factory)
            throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(factory);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (SpeedStore.Factory) in.readObject();
        }
    }
}
