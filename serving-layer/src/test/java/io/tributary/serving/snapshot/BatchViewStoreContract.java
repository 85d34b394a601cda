package io.tributary.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore;
import io.tributary.view.BatchViewStore.Publication;
import io.tributary.view.BatchViewStore.StaleBuilderException;
import io.tributary.view.Digest;
import io.tributary.view.Measure;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of batch views does. Each test has a store with nothing in it. */
public abstract class BatchViewStoreContract {
    protected static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final View<EnrichedOrder> REDEFINED = View.named(VIEW.name())
            .over(EnrichedOrder.SCHEMA)
            .measure("cnt", Measure.count())
            .build();

    private BatchViewStore store = SnapshotStore.inMemory();

    protected abstract BatchViewStore emptyStore() throws IOException;

    @BeforeEach
    void open() throws IOException {
        store = emptyStore();
    }

    protected static BatchViewSnapshot snapshot(View<EnrichedOrder> view, int cut) {
        Slices<EnrichedOrder> slices = view.slices();
        slices.addAll(new RandomOrders(cut, 4).list(60));
        Instant before = RandomOrders.partition(cut);
        BatchView batch = new BatchView(
                view.name(), before, slices.toList(), List.of(new Hole("data/hour=" + cut, "it's 'torn'")));
        return new BatchViewSnapshot(batch, view.definitionDigest(), Digest.of("seals before " + cut));
    }

    protected static void assertSame(BatchViewSnapshot actual, BatchViewSnapshot expected) {
        assertThat(actual.batch().slices())
                .containsExactlyInAnyOrderElementsOf(expected.batch().slices());
        assertThat(actual.batch().holes()).isEqualTo(expected.batch().holes());
        assertThat(actual.batch().cut()).isEqualTo(expected.batch().cut());
        assertThat(actual.seals()).isEqualTo(expected.seals());
        assertThat(actual.definition()).isEqualTo(expected.definition());
    }

    @Test
    void hasNothingAtFirst() throws IOException {
        assertThat(store.newest(VIEW)).isEmpty();
        assertThat(store.epoch(VIEW)).isZero();
        assertThat(store.leastCut(VIEW)).isEqualTo(Instant.MIN);
        assertThat(store.begin(VIEW).previous()).isEmpty();
    }

    @Test
    void returnsWhatWasPublishedLast() throws IOException {
        for (int cut = 1; cut <= 3; cut++) {
            Publication publication = store.begin(VIEW);
            if (cut > 1) {
                assertSame(publication.previous().orElseThrow(), snapshot(VIEW, cut - 1));
            }
            assertThat(publication.publish(snapshot(VIEW, cut))).isEqualTo(cut);
            assertThat(store.epoch(VIEW)).isEqualTo(cut);
            assertSame(store.newest(VIEW).orElseThrow(), snapshot(VIEW, cut));
        }
    }

    @Test
    void keepsViewsApart() throws IOException {
        store.begin(VIEW).publish(snapshot(VIEW, 1));
        store.begin(RetailViews.DAILY_SALES).publish(snapshot(RetailViews.DAILY_SALES, 2));
        assertSame(store.newest(VIEW).orElseThrow(), snapshot(VIEW, 1));
        assertSame(store.newest(RetailViews.DAILY_SALES).orElseThrow(), snapshot(RetailViews.DAILY_SALES, 2));
    }

    @Test
    void ofTwoBuildersOneSucceeds() throws IOException {
        store.begin(VIEW).publish(snapshot(VIEW, 1));
        Publication slow = store.begin(VIEW);
        Publication fast = store.begin(VIEW);
        fast.publish(snapshot(VIEW, 2));
        assertThatExceptionOfType(StaleBuilderException.class)
                .isThrownBy(() -> slow.publish(snapshot(VIEW, 3)))
                .withMessage(
                        "Cannot publish the snapshot of view %s: it was begun at epoch 1, another builder has published epoch 2 (begin again)",
                        VIEW.name());
        assertSame(store.newest(VIEW).orElseThrow(), snapshot(VIEW, 2));
    }

    @Test
    void ofTwoFirstBuildersOneSucceedsEvenWithTheSameSnapshot() throws IOException {
        Publication slow = store.begin(VIEW);
        store.begin(VIEW).publish(snapshot(VIEW, 1));
        assertThatExceptionOfType(StaleBuilderException.class).isThrownBy(() -> slow.publish(snapshot(VIEW, 1)));
        assertSame(store.newest(VIEW).orElseThrow(), snapshot(VIEW, 1));
    }

    @Test
    void noCutGoesBack() throws IOException {
        store.begin(VIEW).publish(snapshot(VIEW, 3));
        assertThatIllegalStateException()
                .isThrownBy(() -> store.begin(VIEW).publish(snapshot(VIEW, 2)))
                .withMessageStartingWith("Cannot publish the snapshot of view %s up to ", VIEW.name());
        assertThatIllegalStateException().isThrownBy(() -> store.beginAnew(VIEW).publish(snapshot(VIEW, 2)));
        store.begin(VIEW).publish(snapshot(VIEW, 3));
        assertSame(store.newest(VIEW).orElseThrow(), snapshot(VIEW, 3));
    }

    @Test
    void refusesAnotherDefinitionUnlessBegunAnew() throws IOException {
        store.begin(VIEW).publish(snapshot(VIEW, 1));
        String message = "Cannot use the snapshot of view %s up to %s: it was built by another definition";
        assertThatIllegalStateException()
                .isThrownBy(() -> store.newest(REDEFINED))
                .withMessageStartingWith(message, VIEW.name(), RandomOrders.partition(1));
        assertThatIllegalStateException().isThrownBy(() -> store.begin(REDEFINED));
        assertThatIllegalStateException().isThrownBy(() -> store.begin(VIEW).publish(snapshot(REDEFINED, 2)));
        store.beginAnew(REDEFINED).publish(snapshot(REDEFINED, 2));
        assertSame(store.newest(REDEFINED).orElseThrow(), snapshot(REDEFINED, 2));
        assertThatIllegalStateException().isThrownBy(() -> store.newest(VIEW));
    }

    @Test
    void readersMayStillHoldTheSnapshotBefore() throws IOException {
        store.begin(VIEW).publish(snapshot(VIEW, 1));
        store.begin(VIEW).publish(snapshot(VIEW, 2));
        assertThat(store.leastCut(VIEW)).isEqualTo(RandomOrders.partition(1));
    }
}
