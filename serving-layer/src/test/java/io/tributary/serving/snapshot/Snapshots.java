package io.tributary.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Digest;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.time.Instant;
import java.util.List;

/** Snapshots of orders, one a cut. */
final class Snapshots {
    static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;

    private Snapshots() {}

    static BatchViewSnapshot snapshot(View<EnrichedOrder> view, int cut) {
        Slices<EnrichedOrder> slices = view.slices();
        slices.addAll(new RandomOrders(cut, 4).list(60));
        Instant before = RandomOrders.partition(cut);
        BatchView batch = new BatchView(
                view.name(), before, slices.toList(), List.of(new Hole("data/hour=" + cut, "it's 'torn'")));
        return new BatchViewSnapshot(batch, view.definitionDigest(), Digest.of("seals before " + cut));
    }

    static void assertSame(BatchViewSnapshot actual, BatchViewSnapshot expected) {
        assertThat(actual.batch().slices())
                .containsExactlyInAnyOrderElementsOf(expected.batch().slices());
        assertThat(actual.batch().holes()).isEqualTo(expected.batch().holes());
        assertThat(actual.batch().cut()).isEqualTo(expected.batch().cut());
        assertThat(actual.seals()).isEqualTo(expected.seals());
        assertThat(actual.definition()).isEqualTo(expected.definition());
    }
}
