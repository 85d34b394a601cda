package io.tributary.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.serving.snapshot.SnapshotStore;
import io.tributary.testing.BatchViewStoreContract;
import io.tributary.testing.Faults;
import io.tributary.testing.Faults.Fault;
import io.tributary.testing.Faults.InjectedFaultException;
import io.tributary.testing.Faulty;
import io.tributary.testing.SpeedStoreContract;
import io.tributary.view.BatchView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore;
import io.tributary.view.BatchViewStore.Publication;
import io.tributary.view.Digest;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.State;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the test kit does to stores: the faults are there, and do what they say. */
class FaultyStoresTest {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;

    private final List<EnrichedOrder> orders = new RandomOrders(3, 3).list(60);
    private final List<IngestSlice> slices = SpeedWrites.slices(VIEW, orders);
    private final Faults faults = Faults.script();
    private final SpeedStore real = InMemorySpeedStore.create();
    private final SpeedStore faulty = Faulty.store(real, faults);

    private static List<Row> rows(SpeedStore store, State state) {
        return VIEW.rows(store.read(VIEW, Instant.MIN, TimeRange.all(), state).slices());
    }

    private List<Row> rows() {
        return VIEW.rows(slices.stream().map(IngestSlice::slice).toList());
    }

    private void fails(Fault fault, String call, ThrowingCallable effect) {
        faults.only(1, fault);
        long number = faults.calls() + 1;
        assertThatExceptionOfType(InjectedFaultException.class)
                .isThrownBy(effect)
                .withMessage("Cannot %s: injected fault %s at call %d", call, fault, number);
    }

    @Test
    void withoutFaultsContractsAreKept() {
        SpeedStoreContract.of(() -> Faulty.store(InMemorySpeedStore.create(), Faults.script()))
                .check();
        BatchViewStoreContract.of(() -> Faulty.store(SnapshotStore.inMemory(), Faults.script()))
                .check();
    }

    @Test
    void whatFailsBeforeIsNotDoneAndWhatFailsAfterIs() {
        fails(Fault.FAIL_BEFORE, "open a writer", () -> faulty.writer(VIEW, WriterId.only(), Start.empty("run")));
        Writer writer = faulty.writer(VIEW, WriterId.only(), Start.empty("run"));
        fails(Fault.FAIL_BEFORE, "put slices", () -> writer.put(slices));
        assertThat(rows(real, State.PROVISIONAL)).isEmpty();
        fails(Fault.FAIL_AFTER, "put slices", () -> writer.put(slices));
        assertThat(rows(real, State.PROVISIONAL)).isEqualTo(rows());

        fails(Fault.FAIL_BEFORE, "prepare checkpoint 1", () -> writer.prepare(1));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> writer.commit(1))
                .withMessageContaining("0 of 1 writers have prepared it");
        fails(Fault.FAIL_AFTER, "prepare checkpoint 1", () -> writer.prepare(1));
        fails(Fault.FAIL_BEFORE, "commit checkpoint 1", () -> writer.commit(1));
        assertThat(rows(real, State.COMMITTED)).isEmpty();
        fails(Fault.FAIL_AFTER, "commit checkpoint 1", () -> writer.commit(1));
        assertThat(rows(real, State.COMMITTED)).isEqualTo(rows());

        fails(Fault.FAIL_BEFORE, "read slices", () -> rows(faulty, State.COMMITTED));
        fails(Fault.FAIL_BEFORE, "forget partitions", () -> faulty.forget(VIEW, RandomOrders.partition(3)));
        assertThat(rows(faulty, State.COMMITTED)).isEqualTo(rows());
        fails(Fault.FAIL_AFTER, "forget partitions", () -> faulty.forget(VIEW, RandomOrders.partition(3)));
        assertThat(rows(faulty, State.COMMITTED)).isEmpty();
        assertThat(faults.met()).isEqualTo(10);
    }

    /** As a job does: an attempt ends with the first failure, and another one begins. */
    private int attemptsUntilCommitted(SpeedStore store) {
        for (int attempt = 1; ; attempt++) {
            try {
                Writer writer = store.writer(VIEW, WriterId.only(), Start.empty("attempt " + attempt));
                SpeedWrites.commit(writer, 1, slices);
                return attempt;
            } catch (InjectedFaultException e) {
                assertThat(e.fault()).isIn(Fault.FAIL_BEFORE, Fault.FAIL_AFTER);
            }
        }
    }

    @Test
    void aSeedGivesTheSameFaultsAgainAndACommitAllTheSame() {
        List<Integer> attempts = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            for (int time = 0; time < 2; time++) {
                SpeedStore store = InMemorySpeedStore.create();
                attempts.add(attemptsUntilCommitted(Faulty.store(store, Faults.seeded(seed, 0.5))));
                assertThat(rows(store, State.COMMITTED)).isEqualTo(rows());
            }
            assertThat(attempts.get(attempts.size() - 1)).isEqualTo(attempts.get(attempts.size() - 2));
        }
        assertThat(attempts).contains(1).anyMatch(count -> count > 3);
    }

    private static BatchViewSnapshot snapshot(int cut) {
        BatchView batch = new BatchView(VIEW.name(), RandomOrders.partition(cut), List.of(), List.of());
        return new BatchViewSnapshot(batch, VIEW.definitionDigest(), Digest.of("seals before " + cut));
    }

    private void failsToRead(Fault fault, String call, ThrowingCallable effect) {
        faults.only(1, fault);
        assertThatIOException()
                .isThrownBy(effect)
                .withMessageStartingWith("Cannot %s: injected fault %s at call ", call, fault)
                .withCauseInstanceOf(InjectedFaultException.class);
    }

    @Test
    void aStoreOfBatchViewsFailsAsStoresDo() throws IOException {
        BatchViewStore snapshots = SnapshotStore.inMemory();
        BatchViewStore store = Faulty.store(snapshots, faults);
        failsToRead(Fault.FAIL_BEFORE, "begin a snapshot", () -> store.begin(VIEW));
        failsToRead(Fault.FAIL_AFTER, "begin a snapshot anew", () -> store.beginAnew(VIEW));
        Publication publication = store.begin(VIEW);
        failsToRead(Fault.FAIL_BEFORE, "publish a snapshot", () -> publication.publish(snapshot(1)));
        assertThat(snapshots.newest(VIEW)).isEmpty();
        failsToRead(Fault.FAIL_AFTER, "publish a snapshot", () -> publication.publish(snapshot(1)));
        assertThat(snapshots.newest(VIEW)).contains(snapshot(1));

        failsToRead(Fault.FAIL_BEFORE, "read the newest snapshot", () -> store.newest(VIEW));
        failsToRead(Fault.FAIL_AFTER, "read the epoch", () -> store.epoch(VIEW));
        failsToRead(Fault.FAIL_BEFORE, "read the least cut", () -> store.leastCut(VIEW));
        assertThat(store.newest(VIEW)).contains(snapshot(1));

        Publication twice = store.begin(VIEW);
        faults.only(1, Fault.DUPLICATE);
        assertThat(twice.publish(snapshot(2))).isEqualTo(snapshots.epoch(VIEW));
        assertThat(store.newest(VIEW)).contains(snapshot(2));
        assertThat(faults.met()).isEqualTo(8);
    }
}
