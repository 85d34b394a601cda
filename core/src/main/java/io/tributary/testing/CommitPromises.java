package io.tributary.testing;

import static io.tributary.testing.SpeedStoreTrial.ALL;
import static io.tributary.testing.SpeedStoreTrial.RUN;
import static io.tributary.testing.SpeedStoreTrial.commit;
import static io.tributary.testing.SpeedStoreTrial.first;
import static io.tributary.testing.SpeedStoreTrial.prepare;
import static io.tributary.testing.SpeedStoreTrial.promise;
import static io.tributary.testing.SpeedStoreTrial.put;
import static io.tributary.testing.SpeedStoreTrial.rowsOfFirst;

import io.tributary.testing.Contract.Promise;
import io.tributary.view.IngestSlice;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Checkpoint;
import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What a speed store promises about commits and generations of writers. */
final class CommitPromises {
    private CommitPromises() {}

    static List<Promise> of(Callable<? extends SpeedStore> empty) {
        return List.of(
                promise("shows nothing but what is committed", empty, CommitPromises::showsWhatIsCommitted),
                promise(
                        "keeps what is committed however often slices are put meanwhile",
                        empty,
                        CommitPromises::keepsWhatIsCommitted),
                promise("commits all writers together", empty, CommitPromises::commitsAllWritersTogether),
                promise("commits once and never goes back", empty, CommitPromises::commitsOnceAndNeverGoesBack),
                promise("fences the writers of an earlier run", empty, CommitPromises::fencesAnEarlierRun),
                promise(
                        "shows nothing of what a replaced writer still puts",
                        empty,
                        CommitPromises::showsNothingOfAReplacedWriter),
                promise(
                        "replaces the writers of an attempt that committed nothing",
                        empty,
                        CommitPromises::replacesTheWritersOfAnAttempt),
                promise(
                        "replaces what lies from the first partition on",
                        empty,
                        CommitPromises::replacesFromTheFirstPartitionOn),
                promise("commits what is resumed and was not", empty, CommitPromises::commitsWhatIsResumed),
                promise(
                        "commits nothing of another generation than the one resumed",
                        empty,
                        CommitPromises::commitsNothingOfAnotherGeneration),
                promise(
                        "does not commit what is resumed but was not prepared by all",
                        empty,
                        CommitPromises::doesNotCommitWhatWasNotPreparedByAll),
                promise(
                        "is the same after the number of writers has changed",
                        empty,
                        CommitPromises::isTheSameForAnyNumberOfWriters),
                promise("reads what is provisional when asked", empty, CommitPromises::readsWhatIsProvisional),
                promise(
                        "forgets what is prepared and committed later",
                        empty,
                        CommitPromises::forgetsWhatIsCommittedLater));
    }

    private static Optional<Long> checkpointOf(Contents contents) {
        return contents.commit().map(Commit::checkpoint);
    }

    private static void isStale(String what, Contract.Check check) {
        Expect.thrown(StaleWriterException.class, what + " by a writer that was replaced", check);
    }

    private static void showsWhatIsCommitted(SpeedStoreTrial trial) {
        Writer writer = trial.writer(RUN);
        writer.put(first(100));
        trial.shows(List.of());
        writer.prepare(1);
        trial.shows(List.of());
        Expect.equal("checkpoint before a commit", checkpointOf(trial.read()), Optional.empty());
        writer.put(first(200));
        writer.commit(1);

        trial.shows(rowsOfFirst(100));
        Expect.equal("checkpoint after its commit", checkpointOf(trial.read()), Optional.of(1L));
        Expect.equal("whether committed slices are provisional", trial.read().provisional(), false);
    }

    private static void keepsWhatIsCommitted(SpeedStoreTrial trial) {
        Writer writer = trial.commit(first(100));
        for (int checkpoint = 2; checkpoint < 6; checkpoint++) {
            for (int again = 1; again <= 5; again++) {
                writer.put(first(100 + 10 * again * checkpoint));
                trial.shows(rowsOfFirst(100));
            }
            writer.prepare(checkpoint); // and it fails
        }
        writer.commit(5);
        trial.shows(rowsOfFirst(350));
    }

    private static void commitsAllWritersTogether(SpeedStoreTrial trial) {
        List<Writer> writers = trial.writers(3, RUN);
        put(writers, first(200));
        prepare(writers, 1);
        writers.get(2).commit(1);
        trial.shows(rowsOfFirst(200));

        put(writers, first(300));
        writers.get(0).prepare(2);
        writers.get(1).prepare(2);
        Expect.thrown(
                IllegalStateException.class,
                "a commit that two of three writers have prepared",
                () -> writers.get(0).commit(2));
        trial.shows(rowsOfFirst(200));
        writers.get(2).prepare(2);
        writers.get(0).commit(2);
        trial.shows(rowsOfFirst(300));
    }

    private static void commitsOnceAndNeverGoesBack(SpeedStoreTrial trial) {
        List<Writer> writers = trial.writers(2, RUN);
        put(writers, first(100));
        prepare(writers, 1);
        put(writers, first(200));
        prepare(writers, 2);
        writers.get(0).commit(2);
        writers.get(1).commit(2);
        writers.get(0).commit(1);
        put(writers, first(300));
        writers.get(1).commit(2);
        trial.shows(rowsOfFirst(200));
    }

    private static void fencesAnEarlierRun(SpeedStoreTrial trial) {
        List<Writer> stale = trial.writers(2, RUN);
        put(stale, first(100));
        prepare(stale, 1);
        stale.get(0).commit(1);
        put(stale, first(200));
        prepare(stale, 2);

        Writer next = trial.writer(Start.empty("next"));
        isStale("a commit", () -> stale.get(1).commit(2));
        isStale("a checkpoint", () -> stale.get(0).prepare(3));
        trial.shows(rowsOfFirst(100));
        commit(next, 1, first(50));
        trial.shows(rowsOfFirst(50));
        isStale("a commit after the next one's", () -> stale.get(1).commit(2));
        trial.shows(rowsOfFirst(50));
    }

    /** A task that was cut off goes on for a while; a store may tell it, or take what it puts and never show it. */
    private static void showsNothingOfAReplacedWriter(SpeedStoreTrial trial) {
        Writer stale = trial.commit(first(100));
        Writer next = trial.writer(Start.empty("next"));
        putInVain(stale, first(300));
        trial.showsProvisionally(rowsOfFirst(100));
        next.put(first(50));
        next.prepare(1);
        putInVain(stale, first(400));
        next.commit(1);
        trial.shows(rowsOfFirst(50));
        trial.showsProvisionally(rowsOfFirst(50));
        putInVain(stale, first(200));
        commit(next, 2, first(60));
        trial.shows(rowsOfFirst(60));
        trial.showsProvisionally(rowsOfFirst(60));
    }

    private static void putInVain(Writer stale, List<IngestSlice> slices) {
        try {
            stale.put(slices);
        } catch (StaleWriterException toldSo) {
            // A store may tell it.
        }
    }

    /** Its tasks start in any order, while one that died with the attempt before still has a place. */
    private static void replacesTheWritersOfAnAttempt(SpeedStoreTrial trial) {
        Writer dead = trial.store().writer(Reading.VIEW, new WriterId(0, 2), RUN);
        dead.put(first(300));
        dead.prepare(1);
        Writer second = trial.store().writer(Reading.VIEW, new WriterId(1, 2), RUN);
        Writer first = trial.store().writer(Reading.VIEW, new WriterId(0, 2), RUN);

        isStale("a checkpoint", () -> dead.prepare(2));
        put(List.of(first, second), first(100));
        prepare(List.of(first, second), 2);
        first.commit(2);
        trial.shows(rowsOfFirst(100));
    }

    /** A job resumes a checkpoint; its source gives some records again, in other partitions than before. */
    private static void replacesFromTheFirstPartitionOn(SpeedStoreTrial trial) {
        Writer before = trial.commit(first(400));
        Instant held = Reading.partition(2);
        int again = 90;

        Writer after = trial.writer(Start.resuming("again", new Checkpoint(before.generation(), 1), held));
        Expect.that(
                after.generation() > before.generation(),
                "generation of the next run",
                after.generation(),
                "greater than " + before.generation());
        after.put(first(again).stream()
                .filter(slice -> !slice.partition().isBefore(held))
                .toList());
        trial.shows(rowsOfFirst(400));
        trial.showsProvisionally(rowsOfFirst(400));
        after.prepare(2);
        after.commit(2);

        List<Reading> expected = new ArrayList<>(ALL.subList(0, again));
        ALL.subList(again, ALL.size()).stream()
                .filter(reading -> reading.partition().isBefore(held))
                .forEach(expected::add);
        trial.shows(Reading.rows(expected, Instant.MIN));
        trial.commit(first(10));
        trial.shows(rowsOfFirst(10));
    }

    private static void commitsWhatIsResumed(SpeedStoreTrial trial) {
        List<Writer> ended = trial.writers(2, RUN);
        put(ended, first(200));
        prepare(ended, 7);
        put(ended, first(300));
        ended.get(0).prepare(8);
        Checkpoint resumed = new Checkpoint(ended.get(0).generation(), 7);

        Writer next = trial.writer(Start.resuming("again", resumed, Reading.partition(3)));
        trial.shows(rowsOfFirst(200));
        commit(next, 8, List.of());
        List<Reading> kept = ALL.subList(0, 200).stream()
                .filter(reading -> reading.partition().isBefore(Reading.partition(3)))
                .toList();
        trial.shows(Reading.rows(kept, Instant.MIN));
    }

    private static void commitsNothingOfAnotherGeneration(SpeedStoreTrial trial) {
        Writer first = trial.writer(RUN);
        commit(first, 7, first(100));
        Checkpoint resumed = new Checkpoint(first.generation(), 7);
        Writer second = trial.writer(Start.resuming("second", resumed, Instant.MIN));
        second.put(first(300));
        second.prepare(7);
        trial.writer(Start.resuming("third", resumed, Instant.MIN));
        trial.shows(rowsOfFirst(100));
    }

    private static void doesNotCommitWhatWasNotPreparedByAll(SpeedStoreTrial trial) {
        List<Writer> ended = trial.writers(2, RUN);
        put(ended, first(200));
        ended.get(0).prepare(7);
        trial.writer(Start.resuming("again", new Checkpoint(ended.get(0).generation(), 7), Instant.MIN));
        trial.shows(List.of());
    }

    private static void isTheSameForAnyNumberOfWriters(SpeedStoreTrial trial) {
        Start start = RUN;
        for (int count : new int[] {2, 5, 1, 3}) {
            int size = Math.min(400, 100 * count);
            List<Writer> writers = trial.writers(count, start);
            put(writers, first(50));
            prepare(writers, 1);
            writers.get(0).commit(1);
            put(writers, first(size));
            prepare(writers, 2);
            writers.get(count - 1).commit(2);

            long generation = writers.get(0).generation();
            writers.forEach(writer -> Expect.equal("generation of writers of a run", writer.generation(), generation));
            trial.shows(rowsOfFirst(size));
            start = Start.resuming("after " + count, new Checkpoint(generation, 2), Instant.MIN);
        }
    }

    private static void readsWhatIsProvisional(SpeedStoreTrial trial) {
        Writer writer = trial.writer(RUN);
        writer.put(first(50));
        trial.showsProvisionally(rowsOfFirst(50));
        writer.prepare(1);
        writer.commit(1);
        writer.put(first(200));

        trial.showsProvisionally(rowsOfFirst(200));
        Contents contents = trial.readProvisionally();
        Expect.equal("whether slices after a commit are provisional", contents.provisional(), true);
        Expect.equal("checkpoint of provisional contents", checkpointOf(contents), Optional.of(1L));
        trial.shows(rowsOfFirst(50));
    }

    private static void forgetsWhatIsCommittedLater(SpeedStoreTrial trial) {
        Instant cut = Reading.partition(2);
        Writer writer = trial.commit(first(100));
        writer.put(first(300));
        writer.prepare(2);
        trial.store().forget(Reading.VIEW, cut);
        writer.commit(2);
        writer.put(first(400));

        trial.shows(Reading.rows(ALL.subList(0, 300), cut));
        trial.showsProvisionally(Reading.rows(ALL, cut));
        trial.commit(first(400));
        trial.shows(Reading.rows(ALL, cut));
    }
}
