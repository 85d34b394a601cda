package io.tributary.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.serving.snapshot.SnapshotStore;
import io.tributary.testing.BatchViewStoreContract;
import io.tributary.testing.Contract;
import io.tributary.testing.SpeedStoreContract;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore;
import io.tributary.view.IngestSlice;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A store that is wrong breaks the promise that it is wrong about. */
class StoreContractsTest {
    /** Gets something wrong. */
    private abstract static class Wrong extends WrappedSpeedStore {
        Wrong() {
            super(InMemorySpeedStore.create());
        }
    }

    /** Shows what was put, and forgets nothing. */
    private static final class Hasty extends Wrong {
        @Override
        public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
            return super.read(view, cut, range, State.PROVISIONAL);
        }

        @Override
        public void forget(View<?> view, Instant before) {}
    }

    /** Shows all that is provisional, also of partitions before the cut. */
    private static final class Uncut extends Wrong {
        @Override
        public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
            return super.read(view, state == State.PROVISIONAL ? Instant.MIN : cut, range, state);
        }
    }

    /** Keeps what any writer puts for whoever commits next. */
    private static final class Mingling extends Wrong {
        private final Map<WriterId, Writer> newest = new HashMap<>();

        @Override
        public Writer writer(View<?> view, WriterId id, Start start) {
            Writer writer = super.writer(view, id, start);
            newest.put(id, writer);
            return new WrappedWriter(writer) {
                @Override
                public void put(Collection<IngestSlice> slices) {
                    newest.getOrDefault(id, writer).put(slices);
                }
            };
        }
    }

    /** Has one generation for all views. */
    private static final class Common extends Wrong {
        private final Set<View<?>> views = new LinkedHashSet<>();

        @Override
        public Writer writer(View<?> view, WriterId id, Start start) {
            views.add(view);
            views.stream().filter(other -> other != view).forEach(other -> super.writer(other, id, start));
            return super.writer(view, id, start);
        }
    }

    /** Takes a view for another one of its name. */
    private static final class Credulous extends Wrong {
        private final Map<String, View<?>> views = new HashMap<>();

        private View<?> firstOf(View<?> view) {
            return views.computeIfAbsent(view.name(), name -> view);
        }

        @Override
        public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
            return super.read(firstOf(view), cut, range, state);
        }

        @Override
        public Writer writer(View<?> view, WriterId id, Start start) {
            return super.writer(firstOf(view), id, start);
        }
    }

    /** Takes the checkpoint of any generation for one of its own. */
    private static final class Forgetful extends Wrong {
        private long generation;

        @Override
        public Writer writer(View<?> view, WriterId id, Start start) {
            Start own = start.resumed()
                    .map(resumed ->
                            Start.resuming(start.run(), new Checkpoint(generation, resumed.number()), start.first()))
                    .orElse(start);
            Writer writer = super.writer(view, id, own);
            generation = writer.generation();
            return writer;
        }
    }

    /** Lets any builder who begins anew succeed. */
    private record Unfenced(BatchViewStore store) implements BatchViewStore {
        @Override
        public Optional<BatchViewSnapshot> newest(View<?> view) throws IOException {
            return store.newest(view);
        }

        @Override
        public long epoch(View<?> view) throws IOException {
            return store.epoch(view);
        }

        @Override
        public Instant leastCut(View<?> view) throws IOException {
            return store.leastCut(view);
        }

        @Override
        public Publication begin(View<?> view) throws IOException {
            return store.begin(view);
        }

        @Override
        public Publication beginAnew(View<?> view) {
            return new Publication() {
                @Override
                public Optional<BatchViewSnapshot> previous() throws IOException {
                    return store.newest(view);
                }

                @Override
                public long publish(BatchViewSnapshot snapshot) throws IOException {
                    return store.beginAnew(view).publish(snapshot);
                }
            };
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
                SpeedStoreContract.of(Hasty::new),
                "shows nothing but what is committed",
                "keeps what is committed however often slices are put meanwhile",
                "does not take back what it has forgotten");
    }

    @Test
    void aStoreThatMinglesPartitionsWritersOrViewsIsFound() {
        breaks(SpeedStoreContract.of(Uncut::new), "reads the partitions from the cut on");
        breaks(SpeedStoreContract.of(Mingling::new), "shows nothing of what a replaced writer still puts");
        breaks(SpeedStoreContract.of(Common::new), "keeps views apart");
        breaks(SpeedStoreContract.of(Credulous::new), "refuses a view of another definition");
        breaks(SpeedStoreContract.of(Forgetful::new), "commits nothing of another generation than the one resumed");
    }

    @Test
    void aStoreOfBatchViewsThatFencesNobodyIsFound() {
        breaks(
                BatchViewStoreContract.of(() -> new Unfenced(SnapshotStore.inMemory())),
                "fences publications that are begun anew");
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
