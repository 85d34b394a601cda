package io.tributary.testing;

import static io.tributary.testing.SpeedStoreTrial.ALL;
import static io.tributary.testing.SpeedStoreTrial.first;
import static io.tributary.testing.SpeedStoreTrial.promise;
import static io.tributary.testing.SpeedStoreTrial.shareOf;

import io.tributary.testing.Contract.Promise;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.State;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What every {@link SpeedStore} promises: slices by partition, commits that are seen as a whole, generations of writers
 * of which a later one fences the earlier, and what is forgotten stays so. Views of its own are stored, whose names begin
 * with {@code contract-}.
 */
public final class SpeedStoreContract {
    private static final int COMMITS = 12;

    private SpeedStoreContract() {}

    /**
     * The contract of a speed store.
     *
     * @param empty opens a store in which nothing is, once a promise, which closes it
     */
    public static Contract of(Callable<? extends SpeedStore> empty) {
        List<Promise> promises = new ArrayList<>(CommitPromises.of(empty));
        promises.addAll(List.of(
                promise("reads nothing of a view that was never written", empty, SpeedStoreContract::readsNothing),
                promise("reads the partitions from the cut on", empty, SpeedStoreContract::readsFromTheCutOn),
                promise("keeps one partial a key however often it is written", empty, SpeedStoreContract::keepsOne),
                promise("keeps views apart", empty, SpeedStoreContract::keepsViewsApart),
                promise("refuses a view of another definition", empty, SpeedStoreContract::refusesAnotherDefinition),
                promise("is not changed by what its readers merge", empty, SpeedStoreContract::isNotChangedByReaders),
                promise("leaves out no slice of the range", empty, SpeedStoreContract::leavesOutNoSliceOfTheRange),
                promise(
                        "tells the newest partition and what it has forgotten",
                        empty,
                        SpeedStoreContract::tellsTheNewestAndWhatItForgot),
                promise("does not take back what it has forgotten", empty, SpeedStoreContract::takesBackNothing),
                promise(
                        "keeps what a writer put when another takes its place",
                        empty,
                        SpeedStoreContract::keepsWhatAReplacedWriterPut),
                promise("takes nothing as nothing", empty, SpeedStoreContract::takesNothingAsNothing),
                promise(
                        "shows concurrent readers each commit as a whole",
                        empty,
                        SpeedStoreContract::showsEachCommitAsAWhole)));
        return new Contract("speed store", promises);
    }

    private static List<Row> rowsFrom(Instant cut) {
        return Reading.rows(ALL, cut);
    }

    private static void readsNothing(SpeedStoreTrial trial) {
        Expect.equal("contents", trial.read(), Contents.none());
    }

    private static void readsFromTheCutOn(SpeedStoreTrial trial) {
        trial.commit(Reading.slices(ALL));
        for (int index = 0; index <= Reading.PARTITIONS; index++) {
            Instant cut = Reading.partition(index);
            for (State state : State.values()) {
                Contents read = trial.store().read(Reading.VIEW, cut, TimeRange.all(), state);
                Expect.equal("rows from %s on, %s".formatted(cut, state), SpeedStoreTrial.rows(read), rowsFrom(cut));
            }
        }
    }

    private static void keepsOne(SpeedStoreTrial trial) {
        Writer writer = trial.commit(first(100));
        for (int again = 2; again < 7; again++) {
            SpeedStoreTrial.commit(writer, again, Reading.slices(ALL));
        }
        trial.commit(Reading.slices(ALL));
        trial.shows(rowsFrom(Instant.MIN));
    }

    /** One job writes several views; each has its writers, its generations and its commits. */
    private static void keepsViewsApart(SpeedStoreTrial trial) {
        Writer writer = trial.writer(SpeedStoreTrial.RUN);
        writer.put(first(100));
        writer.prepare(1);
        Expect.equal("slices of another view", others(trial), List.of());
        Writer other = trial.store().writer(Reading.OTHER, WriterId.only(), Start.empty("other"));
        SpeedStoreTrial.commit(other, 1, Reading.slices(Reading.OTHER, ALL));
        trial.shows(List.of());
        writer.commit(1);
        writer.put(Reading.slices(ALL));
        writer.prepare(2);
        SpeedStoreTrial.commit(other, 2, Reading.slices(Reading.OTHER, ALL));
        trial.shows(SpeedStoreTrial.rowsOfFirst(100));
        writer.commit(2);
        trial.shows(rowsFrom(Instant.MIN));
        Expect.equal("rows of another view", others(trial), Reading.rows(Reading.OTHER, ALL, Instant.MIN));

        trial.store().forget(Reading.OTHER, Reading.partition(1));
        trial.shows(rowsFrom(Instant.MIN));
        Expect.equal("what was forgotten of the view", trial.read().forgottenBefore(), Instant.MIN);
        Expect.equal(
                "rows of another view, after it has forgotten some",
                others(trial),
                Reading.rows(Reading.OTHER, ALL, Reading.partition(1)));
    }

    private static List<Row> others(SpeedStoreTrial trial) {
        return Reading.OTHER.rows(
                trial.store().read(Reading.OTHER, Instant.MIN, TimeRange.all()).slices());
    }

    private static void refusesAnotherDefinition(SpeedStoreTrial trial) {
        trial.commit(Reading.slices(ALL));
        SpeedStore store = trial.store();
        Expect.thrown(
                IllegalStateException.class,
                "reading a view of another definition",
                () -> store.read(Reading.REDEFINED, Instant.MIN, TimeRange.all()));
        Expect.thrown(
                IllegalStateException.class,
                "writing a view of another definition",
                () -> store.writer(Reading.REDEFINED, WriterId.only(), Start.empty("redefined")));
        trial.shows(rowsFrom(Instant.MIN));
    }

    private static void isNotChangedByReaders(SpeedStoreTrial trial) {
        trial.commit(Reading.slices(ALL));
        Slices<Reading> reader = Reading.VIEW.slices();
        reader.mergeAll(trial.read().slices());
        reader.mergeAll(trial.read().slices());
        reader.addAll(ALL);
        trial.shows(rowsFrom(Instant.MIN));
    }

    private static void leavesOutNoSliceOfTheRange(SpeedStoreTrial trial) {
        trial.commit(Reading.slices(ALL));
        TimeRange day = TimeRange.day(Reading.DAY);
        Contents read = trial.store().read(Reading.VIEW, Instant.MIN, day);
        Slices<Reading> fold = Reading.VIEW.slices();
        fold.addAll(ALL);
        Expect.equal("rows of a day", Reading.VIEW.rows(read.slices(), day), Reading.VIEW.rows(fold.toList(), day));
    }

    private static void tellsTheNewestAndWhatItForgot(SpeedStoreTrial trial) {
        Instant cut = Reading.partition(2);
        trial.commit(Reading.slices(ALL));
        trial.store().forget(Reading.VIEW, cut);
        Expect.equal("newest partition", trial.read().newest(), Optional.of(Reading.partition(Reading.PARTITIONS - 1)));
        Expect.equal("what was forgotten", trial.read().forgottenBefore(), cut);
        trial.shows(rowsFrom(cut));
    }

    private static void takesBackNothing(SpeedStoreTrial trial) {
        Instant cut = Reading.partition(2);
        trial.store().forget(Reading.VIEW, cut);
        trial.store().forget(Reading.VIEW, Reading.partition(1));
        trial.commit(Reading.slices(ALL));
        Expect.equal("what was forgotten", trial.read().forgottenBefore(), cut);
        trial.shows(rowsFrom(cut));
    }

    private static void keepsWhatAReplacedWriterPut(SpeedStoreTrial trial) {
        trial.commit(Reading.slices(ALL));
        trial.writer(Start.empty("next"));
        trial.shows(rowsFrom(Instant.MIN));
    }

    private static void takesNothingAsNothing(SpeedStoreTrial trial) {
        trial.commit(List.of());
        Expect.equal("newest partition", trial.read().newest(), Optional.empty());
    }

    /** Each commit gives every slice one record more, and old partitions are forgotten on the way. */
    private static void showsEachCommitAsAWhole(SpeedStoreTrial trial) throws Exception {
        Map<List<Row>, Integer> states = new HashMap<>();
        List<List<IngestSlice>> batches = new ArrayList<>();
        List<Reading> growing = new ArrayList<>();
        for (int commit = 1; commit <= COMMITS; commit++) {
            growing.addAll(ALL.subList(0, 60));
            batches.add(Reading.slices(growing));
            for (int cut = 0; cut <= Reading.PARTITIONS; cut++) {
                states.put(Reading.rows(growing, Reading.partition(cut)), commit);
            }
        }
        states.put(List.of(), 0);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> reads = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                reads.add(readers.submit(() -> readUntil(done, trial, states)));
            }
            List<Writer> writers = trial.writers(2, SpeedStoreTrial.RUN);
            for (int commit = 0; commit < COMMITS; commit++) {
                for (int writer = 0; writer < 2; writer++) {
                    writers.get(writer).put(shareOf(writer, 2, batches.get(commit)));
                    writers.get(writer).prepare(commit);
                }
                writers.get(commit % 2).commit(commit);
                trial.store().forget(Reading.VIEW, Reading.partition(commit * (Reading.PARTITIONS - 1) / COMMITS));
            }
            done.set(true);
            for (Future<?> read : reads) {
                read.get();
            }
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
        trial.shows(Reading.rows(growing, trial.read().forgottenBefore()));
    }

    private static void readUntil(AtomicBoolean done, SpeedStoreTrial trial, Map<List<Row>, Integer> states) {
        int last = 0;
        boolean more;
        do {
            more = !done.get();
            List<Row> rows = SpeedStoreTrial.rows(trial.read());
            Integer state = states.get(rows);
            if (state == null || state < last) {
                throw new AssertionError(
                        "Invalid rows: %s (must be those of one commit, not before commit %d)".formatted(rows, last));
            }
            last = state;
        } while (more);
        Expect.equal("last commit that a reader saw", last, COMMITS);
    }
}
