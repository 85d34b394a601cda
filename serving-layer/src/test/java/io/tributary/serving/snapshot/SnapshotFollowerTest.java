package io.tributary.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore;
import io.tributary.view.Measure;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SnapshotFollowerTest {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final View<EnrichedOrder> OTHER = RetailViews.DAILY_SALES;
    private static final Duration OFTEN = Duration.ofMillis(1);

    @TempDir
    private Path directory;

    private final LambdaView<EnrichedOrder> view = LambdaView.of(VIEW, InMemorySpeedStore.create());
    private final LambdaView<EnrichedOrder> other = LambdaView.of(OTHER, InMemorySpeedStore.create());

    @Test
    void movesToWhatIsThereAndToWhatComes() throws Exception {
        SnapshotStore store = SnapshotStore.inDirectory(directory);
        publish(store, VIEW, 1);
        try (SnapshotFollower follower = SnapshotFollower.start(List.of(view, other), store, OFTEN)) {
            assertThat(view.cut()).isEqualTo(RandomOrders.partition(1));
            assertThat(other.cut()).isEqualTo(Instant.MIN);

            publish(store, VIEW, 2);
            publish(store, OTHER, 3);
            await(view, RandomOrders.partition(2));
            await(other, RandomOrders.partition(3));
            assertThat(view.read().rows())
                    .isEqualTo(VIEW.rows(Snapshots.snapshot(VIEW, 2).batch().slices()));
        }
    }

    @Test
    void keepsNoProcessAliveAndFollowsNoMoreWhenItIsClosed() throws Exception {
        SnapshotStore store = SnapshotStore.inMemory();
        publish(store, VIEW, 1);
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        SnapshotFollower follower = SnapshotFollower.start(List.of(view), store, OFTEN);
        publish(store, VIEW, 2);
        await(view, RandomOrders.partition(2));
        Thread looking = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("tributary-snapshots") && !others.contains(thread))
                .findFirst()
                .orElseThrow();
        assertThat(looking.isDaemon()).isTrue();

        follower.close();
        looking.join();
        publish(store, VIEW, 3);

        assertThat(view.cut()).isEqualTo(RandomOrders.partition(2));
    }

    @Test
    void keepsWhatItHasWhenTheNewestCannotBeRead() throws Exception {
        SnapshotStore store = SnapshotStore.inDirectory(directory);
        publish(store, VIEW, 1);
        try (SnapshotFollower follower = SnapshotFollower.start(List.of(view, other), store, OFTEN)) {
            publish(store, OTHER, 1);
            await(other, RandomOrders.partition(1));
            tear(VIEW);
            publish(store, OTHER, 2);
            await(other, RandomOrders.partition(2));

            assertThat(view.cut()).isEqualTo(RandomOrders.partition(1));
        }
        assertThatThrownBy(() -> SnapshotFollower.start(List.of(view), store, OFTEN))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot read ");
    }

    /** A store that once runs out of memory. */
    private static final class Exhausted implements BatchViewStore {
        private final SnapshotStore store;
        private final AtomicInteger looks = new AtomicInteger();

        Exhausted(SnapshotStore store) {
            this.store = store;
        }

        @Override
        public long epoch(View<?> view) throws IOException {
            if (looks.incrementAndGet() == 2) {
                throw new OutOfMemoryError();
            }
            return store.epoch(view);
        }

        @Override
        public Optional<BatchViewSnapshot> newest(View<?> view) throws IOException {
            return store.newest(view);
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
        public Publication beginAnew(View<?> view) throws IOException {
            return store.beginAnew(view);
        }
    }

    @Test
    void goesOnAfterAnError() throws Exception {
        SnapshotStore store = SnapshotStore.inMemory();
        Exhausted exhausted = new Exhausted(store);
        try (SnapshotFollower follower = SnapshotFollower.start(List.of(view), exhausted, OFTEN)) {
            while (exhausted.looks.get() < 2) {
                Thread.onSpinWait();
            }
            publish(store, VIEW, 1);

            await(view, RandomOrders.partition(1));
        }
    }

    @Test
    void refusesWhatItCannotFollow() throws Exception {
        SnapshotStore store = SnapshotStore.inMemory();
        publish(store, VIEW, 1);
        View<EnrichedOrder> redefined = View.named(VIEW.name())
                .over(EnrichedOrder.SCHEMA)
                .measure("cnt", Measure.count())
                .build();
        LambdaView<EnrichedOrder> another = LambdaView.of(redefined, InMemorySpeedStore.create());
        assertThatThrownBy(() -> SnapshotFollower.start(List.of(another), store, OFTEN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another definition");
        assertThatThrownBy(() -> SnapshotFollower.start(List.of(view), store, Duration.ZERO))
                .hasMessage("Invalid interval: PT0S (must be PT0.001S to PT24H)");
        assertThatThrownBy(() -> SnapshotFollower.start(List.of(view), store, ChronoUnit.FOREVER.getDuration()))
                .hasMessageEndingWith("(must be PT0.001S to PT24H)");
    }

    private static void publish(SnapshotStore store, View<EnrichedOrder> view, int cut) throws IOException {
        store.begin(view).publish(Snapshots.snapshot(view, cut));
    }

    /** Makes the head of a view's snapshots unreadable. */
    private void tear(View<?> torn) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(torn.name()))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "torn");
            }
        }
    }

    private static void await(LambdaView<?> followed, Instant cut) throws InterruptedException {
        while (!followed.cut().equals(cut)) {
            Thread.sleep(1);
        }
    }
}
