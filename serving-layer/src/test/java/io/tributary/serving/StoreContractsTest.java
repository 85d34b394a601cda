package io.tributary.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.serving.snapshot.SnapshotStore;
import io.tributary.testing.BatchViewStoreContract;
import io.tributary.testing.Contract;
import io.tributary.testing.SpeedStoreContract;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A store that is wrong breaks the promise that it is wrong about. */
class StoreContractsTest {
    /** Shows what was put, and forgets nothing. */
    private record Hasty(SpeedStore store) implements SpeedStore {
        @Override
        public Writer writer(View<?> view, WriterId id, Start start) {
            return store.writer(view, id, start);
        }

        @Override
        public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
            return store.read(view, cut, range, State.PROVISIONAL);
        }

        @Override
        public void forget(View<?> view, Instant before) {}

        @Override
        public void close() {
            store.close();
        }
    }

    /** Lets any definition in. */
    private record Lenient(BatchViewStore store) implements BatchViewStore {
        @Override
        public Optional<BatchViewSnapshot> newest(View<?> view) throws IOException {
            return store.newest(view);
        }

        @Override
        public long epoch(View<?> view) throws IOException {
            return store.epoch(view);
        }

        @Override
        public Instant leastCut(View<?> view) {
            return Instant.MAX;
        }

        @Override
        public Publication begin(View<?> view) throws IOException {
            return store.beginAnew(view);
        }

        @Override
        public Publication beginAnew(View<?> view) throws IOException {
            return store.beginAnew(view);
        }
    }

    private static void breaks(Contract contract, String... promises) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(contract::check)
                .withMessageStartingWith("Invalid %s: ", contract.of())
                .satisfies(error -> {
                    for (String promise : promises) {
                        assertThat(error).hasMessageContaining("\n  " + promise + ": ");
                    }
                });
    }

    @Test
    void aHastySpeedStoreIsFound() {
        breaks(
                SpeedStoreContract.of(() -> new Hasty(InMemorySpeedStore.create())),
                "shows nothing but what is committed",
                "keeps what is committed however often slices are put meanwhile",
                "does not take back what it has forgotten");
    }

    @Test
    void aLenientStoreOfBatchViewsIsFound() {
        breaks(
                BatchViewStoreContract.of(() -> new Lenient(SnapshotStore.inMemory())),
                "has nothing at first",
                "refuses another definition unless begun anew",
                "names no least cut after that of a snapshot that may be held");
    }
}
