package io.tributary.testing;

import io.tributary.testing.Contract.Promise;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore;
import io.tributary.view.BatchViewStore.Publication;
import io.tributary.view.BatchViewStore.StaleBuilderException;
import io.tributary.view.Digest;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What every {@link BatchViewStore} promises: a snapshot comes back as it was published, of several builders one
 * succeeds, no cut goes back, and another definition is refused. Snapshots of its own are published, of views whose names
 * begin with {@code contract-}.
 */
public final class BatchViewStoreContract {
    private static final View<Reading> VIEW = Reading.VIEW;
    private static final int BUILDERS = 4;

    private BatchViewStoreContract() {}

    /** What a promise does with an empty store. */
    @FunctionalInterface
    private interface Steps {
        void take(BatchViewStore store) throws Exception;
    }

    /**
     * The contract of a store of batch views.
     *
     * @param empty gives a store in which nothing is, once a promise
     */
    public static Contract of(Callable<? extends BatchViewStore> empty) {
        return new Contract(
                "store of batch views",
                List.of(
                        promise("has nothing at first", empty, BatchViewStoreContract::hasNothingAtFirst),
                        promise("returns what was published last", empty, BatchViewStoreContract::returnsTheLast),
                        promise("keeps views apart", empty, BatchViewStoreContract::keepsViewsApart),
                        promise("lets one of two builders succeed", empty, BatchViewStoreContract::oneOfTwo),
                        promise(
                                "lets one of two first builders succeed, even with the same snapshot",
                                empty,
                                BatchViewStoreContract::oneOfTwoFirst),
                        promise(
                                "lets one of several builders succeed who publish at a time",
                                empty,
                                BatchViewStoreContract::oneOfSeveral),
                        promise("publishes one snapshot a publication", empty, BatchViewStoreContract::oneAPublication),
                        promise(
                                "fences publications that are begun anew",
                                empty,
                                BatchViewStoreContract::oneOfThoseBegunAnew),
                        promise("lets no cut go back", empty, BatchViewStoreContract::noCutGoesBack),
                        promise(
                                "refuses another definition unless begun anew",
                                empty,
                                BatchViewStoreContract::refusesAnotherDefinition),
                        promise(
                                "names no least cut after that of a snapshot that may be held",
                                empty,
                                BatchViewStoreContract::leastCutIsNotAfterTheNewest)));
    }

    private static Promise promise(String name, Callable<? extends BatchViewStore> empty, Steps steps) {
        return new Promise(name, () -> steps.take(empty.call()));
    }

    private static BatchViewSnapshot snapshot(View<Reading> view, int cut) {
        Slices<Reading> slices = view.slices();
        slices.addAll(Reading.list(cut, 60));
        BatchView batch = new BatchView(
                view.name(),
                Reading.partition(cut),
                slices.toList(),
                List.of(new Hole("data/hour=" + cut, "it's 'torn'")),
                cut % 2 == 0 ? "\"대략\", by a minute" : null);
        return new BatchViewSnapshot(batch, view.definitionDigest(), Digest.of("seals before " + cut));
    }

    /** A store may give slices in another order. */
    private static void same(Optional<BatchViewSnapshot> actual, BatchViewSnapshot expected) {
        Expect.that(
                actual.isPresent(),
                "snapshot",
                "none",
                "the one up to " + expected.batch().cut());
        BatchViewSnapshot snapshot = actual.orElseThrow();
        Expect.equal("cut", snapshot.batch().cut(), expected.batch().cut());
        Expect.equal("view", snapshot.batch().view(), expected.batch().view());
        Expect.equal(
                "number of slices",
                snapshot.batch().slices().size(),
                expected.batch().slices().size());
        Expect.equal(
                "slices",
                Set.copyOf(snapshot.batch().slices()),
                Set.copyOf(expected.batch().slices()));
        Expect.equal("holes", snapshot.batch().holes(), expected.batch().holes());
        Expect.equal(
                "reason for being approximate",
                snapshot.batch().approximate(),
                expected.batch().approximate());
        Expect.equal("definition", snapshot.definition(), expected.definition());
        Expect.equal("seals", snapshot.seals(), expected.seals());
    }

    private static void isStale(Publication publication, int cut) {
        Expect.thrown(
                StaleBuilderException.class,
                "a publication after another one's",
                () -> publication.publish(snapshot(VIEW, cut)));
    }

    private static void refused(String what, Contract.Check check) {
        Expect.thrown(IllegalStateException.class, what, check);
    }

    private static void hasNothingAtFirst(BatchViewStore store) throws IOException {
        Expect.equal("newest snapshot", store.newest(VIEW), Optional.empty());
        Expect.equal("epoch", store.epoch(VIEW), 0L);
        Expect.equal("least cut", store.leastCut(VIEW), Instant.MIN);
        Expect.equal("previous snapshot", store.begin(VIEW).previous(), Optional.empty());
    }

    private static void returnsTheLast(BatchViewStore store) throws IOException {
        long last = 0;
        for (int cut = 1; cut <= 4; cut++) {
            Publication publication = store.begin(VIEW);
            if (cut > 1) {
                same(publication.previous(), snapshot(VIEW, cut - 1));
            }
            long epoch = publication.publish(snapshot(VIEW, cut));
            Expect.that(epoch > last, "epoch", epoch, "greater than " + last);
            Expect.equal("epoch as readers know it", store.epoch(VIEW), epoch);
            same(store.newest(VIEW), snapshot(VIEW, cut));
            last = epoch;
        }
    }

    private static void keepsViewsApart(BatchViewStore store) throws IOException {
        store.begin(VIEW).publish(snapshot(VIEW, 1));
        store.begin(Reading.OTHER).publish(snapshot(Reading.OTHER, 2));
        same(store.newest(VIEW), snapshot(VIEW, 1));
        same(store.newest(Reading.OTHER), snapshot(Reading.OTHER, 2));
    }

    private static void oneOfTwo(BatchViewStore store) throws IOException {
        store.begin(VIEW).publish(snapshot(VIEW, 1));
        Publication slow = store.begin(VIEW);
        store.begin(VIEW).publish(snapshot(VIEW, 2));
        isStale(slow, 3);
        same(store.newest(VIEW), snapshot(VIEW, 2));
    }

    private static void oneOfTwoFirst(BatchViewStore store) throws IOException {
        Publication slow = store.begin(VIEW);
        store.begin(VIEW).publish(snapshot(VIEW, 1));
        isStale(slow, 1);
        same(store.newest(VIEW), snapshot(VIEW, 1));
    }

    private static void oneOfSeveral(BatchViewStore store) throws Exception {
        store.begin(VIEW).publish(snapshot(VIEW, 1));
        ExecutorService builders = Executors.newFixedThreadPool(BUILDERS);
        try {
            List<Publication> begun = new ArrayList<>();
            for (int builder = 0; builder < BUILDERS; builder++) {
                begun.add(store.begin(VIEW));
            }
            List<Future<Long>> published = new ArrayList<>();
            for (int builder = 0; builder < BUILDERS; builder++) {
                Publication publication = begun.get(builder);
                int cut = 2 + builder;
                published.add(builders.submit(() -> publication.publish(snapshot(VIEW, cut))));
            }
            List<Integer> succeeded = new ArrayList<>();
            for (int builder = 0; builder < BUILDERS; builder++) {
                try {
                    published.get(builder).get();
                    succeeded.add(2 + builder);
                } catch (ExecutionException e) {
                    Expect.that(
                            e.getCause() instanceof StaleBuilderException,
                            "outcome of a publication beside others",
                            e.getCause(),
                            "a StaleBuilderException");
                }
            }
            Expect.equal("number of builders who succeeded", succeeded.size(), 1);
            same(store.newest(VIEW), snapshot(VIEW, succeeded.get(0)));
        } finally {
            builders.shutdownNow();
        }
    }

    private static void oneAPublication(BatchViewStore store) throws IOException {
        Publication publication = store.begin(VIEW);
        publication.publish(snapshot(VIEW, 1));
        isStale(publication, 2);
        same(store.newest(VIEW), snapshot(VIEW, 1));
    }

    private static void oneOfThoseBegunAnew(BatchViewStore store) throws IOException {
        long first = store.begin(VIEW).publish(snapshot(VIEW, 1));
        Publication begun = store.begin(VIEW);
        Publication anew = store.beginAnew(VIEW);
        Publication other = store.beginAnew(VIEW);
        long second = anew.publish(snapshot(VIEW, 2));
        Expect.that(second > first, "epoch of a publication begun anew", second, "more than " + first);
        isStale(begun, 3);
        isStale(other, 3);
        same(store.newest(VIEW), snapshot(VIEW, 2));
        long third = store.beginAnew(Reading.REDEFINED).publish(snapshot(Reading.REDEFINED, 3));
        Expect.that(third > second, "epoch of another definition", third, "more than " + second);
    }

    private static void noCutGoesBack(BatchViewStore store) throws IOException {
        store.begin(VIEW).publish(snapshot(VIEW, 3));
        refused("an earlier cut", () -> store.begin(VIEW).publish(snapshot(VIEW, 2)));
        refused("an earlier cut, begun anew", () -> store.beginAnew(VIEW).publish(snapshot(VIEW, 2)));
        same(store.newest(VIEW), snapshot(VIEW, 3));
        store.begin(VIEW).publish(snapshot(VIEW, 3));
        same(store.newest(VIEW), snapshot(VIEW, 3));
    }

    private static void refusesAnotherDefinition(BatchViewStore store) throws IOException {
        View<Reading> redefined = Reading.REDEFINED;
        store.begin(VIEW).publish(snapshot(VIEW, 1));
        refused("the snapshot of another definition", () -> store.newest(redefined));
        refused("a beginning after another definition", () -> store.begin(redefined));
        refused("a publication of another definition", () -> store.begin(VIEW).publish(snapshot(redefined, 2)));
        store.beginAnew(redefined).publish(snapshot(redefined, 2));
        same(store.newest(redefined), snapshot(redefined, 2));
        refused("the snapshot of another definition", () -> store.newest(VIEW));
    }

    private static void leastCutIsNotAfterTheNewest(BatchViewStore store) throws IOException {
        for (int cut = 1; cut <= 3; cut++) {
            store.begin(VIEW).publish(snapshot(VIEW, cut));
            Instant least = store.leastCut(VIEW);
            Expect.that(
                    !least.isBefore(Reading.partition(1)) && !least.isAfter(Reading.partition(cut)),
                    "least cut",
                    least,
                    "from the first snapshot's cut to the newest one's, %s".formatted(Reading.partition(cut)));
        }
    }
}
