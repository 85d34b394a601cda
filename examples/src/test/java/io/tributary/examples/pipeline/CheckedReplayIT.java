package io.tributary.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Tally;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.WrappedSpeedStore;
import io.tributary.view.IngestSlice;
import io.tributary.view.SpeedStore;
import io.tributary.view.View;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedReplayIT {
    private static final List<View<EnrichedOrder>> VIEWS =
            List.of(RetailViews.DIVISION_SALES, RetailViews.HOURLY_SALES);
    private static final Catalogue CATALOGUE = Catalogue.of(5);
    private static final OrderGenerator ORDERS = OrderGenerator.of(CATALOGUE, 5, 2_000);

    @TempDir
    private Path lake;

    private final List<CheckedReplay.Check> checks = new ArrayList<>();

    /** Loses what one view has of one partition: a speed layer with a hole that it does not know of. */
    private static final class Lossy extends WrappedSpeedStore {
        private final Instant lost;

        Lossy(SpeedStore store, Instant lost) {
            super(store);
            this.lost = lost;
        }

        @Override
        public Writer writer(View<?> view, WriterId id, Start start) {
            Writer writer = super.writer(view, id, start);
            return view.name().equals("hourly-sales") ? new LossyWriter(writer, lost) : writer;
        }
    }

    private static final class LossyWriter extends WrappedSpeedStore.WrappedWriter {
        private final Instant lost;

        LossyWriter(SpeedStore.Writer writer, Instant lost) {
            super(writer);
            this.lost = lost;
        }

        @Override
        public void put(Collection<IngestSlice> slices) {
            super.put(slices.stream()
                    .filter(slice -> !slice.partition().equals(lost))
                    .toList());
        }
    }

    private Tally replay(SpeedStore store, SpeedStore.Factory writers, Duration patience) throws Exception {
        try (EmbeddedPipeline pipeline = EmbeddedPipeline.start(lake, VIEWS, store, writers)) {
            CheckedReplay.Listener listener = new CheckedReplay.Listener() {
                @Override
                public void sent(EnrichedOrder order, long count) {
                    assertThat(count).isPositive();
                }

                @Override
                public void checked(CheckedReplay.Check check) {
                    checks.add(check);
                }
            };
            return new CheckedReplay(pipeline, VIEWS, listener, patience).run(ORDERS);
        }
    }

    @Test
    void findsEveryAnswerRight() throws Exception {
        InMemorySpeedStore store = InMemorySpeedStore.create();

        Tally tally = replay(store, store.factory(), CheckedReplay.PATIENCE);

        assertThat(tally).isEqualTo(new Tally(2_000, 0));
        assertThat(checks).hasSize(7).allSatisfy(check -> {
            assertThat(check.wrong()).isEmpty();
            assertThat(check.right()).hasSize(VIEWS.size());
        });
        assertThat(checks.get(0).beyondCut()).isPositive();
    }

    @Test
    void findsAWrongAnswer() throws Exception {
        InMemorySpeedStore store = InMemorySpeedStore.create();
        Instant lost = OrderGenerator.START.plus(Duration.ofHours(7));
        SpeedStore.Factory writers = store.factory();

        replay(store, () -> new Lossy(writers.open(), lost), Duration.ofSeconds(15));

        assertThat(checks.get(0).wrong()).containsExactly("hourly-sales");
        assertThat(checks.get(0).right()).containsExactly("division-sales");
        assertThat(checks.get(6).wrong()).isEmpty();
    }
}
