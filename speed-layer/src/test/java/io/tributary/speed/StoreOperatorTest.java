package io.tributary.speed;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.IngestSlice;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slicer;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From where on the slices of a store are replaced when a job goes on. */
class StoreOperatorTest {
    private static final View<EnrichedOrder> VIEW = RetailViews.DIVISION_SALES;
    private static final Instant FOUR = Instant.parse("2023-09-07T04:00:00Z");
    private static final List<SpeedStore.Start> STARTS = new ArrayList<>();

    @BeforeEach
    void clear() {
        STARTS.clear();
    }

    /** Keeps what its writers start from. */
    private static final class Starts implements SpeedStore {
        @Override
        public Writer writer(View<?> view, WriterId id, Start start) {
            STARTS.add(start);
            return new Writer() {
                @Override
                public long generation() {
                    return 1;
                }

                @Override
                public void put(Collection<IngestSlice> slices) {}

                @Override
                public void prepare(long checkpoint) {}

                @Override
                public void commit(long checkpoint) {}
            };
        }

        @Override
        public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
            return Contents.none();
        }

        @Override
        public void forget(View<?> view, Instant before) {}

        @Override
        public void close() {}
    }

    private static OperatorSubtaskState run(
            Duration retention, @Nullable OperatorSubtaskState state, Instant... partitions) throws Exception {
        IngestOptions ingest = IngestOptions.defaults().withRetention(retention);
        StoreOperator operator = new StoreOperator(VIEW, Starts::new, SpeedOptions.defaults(), ingest);
        try (OneInputStreamOperatorTestHarness<IngestSlice, Void> flink =
                new OneInputStreamOperatorTestHarness<>(operator)) {
            flink.setup();
            if (state != null) {
                flink.setRestoredCheckpointId(1);
                flink.initializeState(state);
            }
            flink.open();
            for (Instant partition : partitions) {
                flink.processElement(new StreamRecord<>(slice(partition)));
            }
            return flink.snapshot(1, 1);
        }
    }

    private static IngestSlice slice(Instant partition) {
        EnrichedOrder order = Orders.at("2015-01-01T10:00:00", "담배", 1);
        Slicer<EnrichedOrder> slicer = VIEW.slicer();
        return new IngestSlice(partition, new SlicePartial(slicer.keyOf(order), slicer.empty()));
    }

    @Test
    void whatWasKeptIsGivenAgain() throws Exception {
        run(ofHours(2), run(ofHours(2), null, FOUR, FOUR.plus(ofHours(5))));
        assertThat(STARTS).extracting(SpeedStore.Start::first).containsExactly(Instant.MIN, FOUR.plus(ofHours(3)));
    }

    /** What was forgotten is not given again, so it must not be replaced either. */
    @Test
    void toRetainLongerReplacesNothingThatWasForgotten() throws Exception {
        run(ofDays(2), run(ofHours(2), null, FOUR, FOUR.plus(ofHours(5))));
        run(
                IngestOptions.defaults().withUnlimitedRetention().retention(),
                run(ofHours(2), null, FOUR, FOUR.plus(ofHours(5))));
        assertThat(STARTS)
                .extracting(SpeedStore.Start::first)
                .containsExactly(Instant.MIN, FOUR.plus(ofHours(3)), Instant.MIN, FOUR.plus(ofHours(3)));
    }
}
