package io.tributary.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import io.tributary.view.BatchView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Measure;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotTextTest {
    private static final View<EnrichedOrder> VIEW = Snapshots.VIEW;

    private record Visit(String visitor) {
        static final Column<Visit, String> VISITOR = Column.text("visitor", Visit::visitor);
    }

    @Test
    void whatIsApproximateStaysSo() {
        View<EnrichedOrder> view = RetailViews.DIVISION_SALES;
        BatchView batch = new BatchView(view.name(), RandomOrders.partition(2), List.of(), List.of(), "대략");
        BatchViewSnapshot snapshot = new BatchViewSnapshot(batch, "a".repeat(64), "b".repeat(64));
        String text = SnapshotText.format(view, snapshot);
        assertThat(text).contains("\"holes\":[],\"approximate\":\"대략\",\"slices\":0");
        assertThat(SnapshotText.parse(view, text)).isEqualTo(snapshot);
    }

    /** A header that promises a slice more than there is comes of a file that was cut at the end of a line. */
    @Test
    void aSnapshotThatLacksWholeLinesIsTorn() {
        String text = SnapshotText.format(VIEW, Snapshots.snapshot(VIEW, 2));
        int slices = Snapshots.snapshot(VIEW, 2).batch().slices().size();

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SnapshotText.parse(VIEW, text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1)))
                .withMessage("it is torn: it has %d slices (its header says %d)", slices - 1, slices);
    }

    @Test
    void aSetOfManyMillionCharactersIsRead() {
        View<Visit> view = View.named("visitors")
                .over(Schema.of("visits", Visit.class, Visit.VISITOR))
                .measure("visitors", Measure.distinct(Visit.VISITOR))
                .build();
        Slices<Visit> slices = view.slices();
        slices.addAll(IntStream.range(0, 21)
                .mapToObj(i -> new Visit(i + "v".repeat(1_000_000)))
                .toList());
        BatchViewSnapshot snapshot = new BatchViewSnapshot(
                new BatchView(view.name(), Instant.EPOCH, slices.toList(), List.of()), "a".repeat(64), "b".repeat(64));

        BatchViewSnapshot read = SnapshotText.parse(view, SnapshotText.format(view, snapshot));
        assertThat(read.equals(snapshot)).isTrue();
    }
}
