package io.tributary.serving;

import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.Origin;
import io.tributary.view.Row;
import io.tributary.view.SlicePartial;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.State;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A view over all records: the batch view before its cut and the speed store from the cut on, merged.
 *
 * <p>Since each record lies on one side of every cut, in both layers, the answer is that of a single
 * pass over all records that are committed to the store or in the partitions before the cut. A newer
 * batch view is published with one atomic step: a reader sees the old cut or the new one, never a
 * mixture. What is missing is told in the coverage. Safe for use by several threads.
 *
 * @param <R> the record
 */
public final class LambdaView<R> {
    private final View<R> view;
    private final SpeedStore speed;
    private final AtomicReference<BatchSnapshot> published;

    private LambdaView(View<R> view, BatchView batch, SpeedStore speed) {
        this.view = view;
        this.speed = speed;
        this.published = new AtomicReference<>(new BatchSnapshot(checked(batch)));
    }

    public static <R> LambdaView<R> of(View<R> view, BatchView batch, SpeedStore speed) {
        return new LambdaView<>(view, batch, speed);
    }

    /** A view that no batch has covered yet. */
    public static <R> LambdaView<R> of(View<R> view, SpeedStore speed) {
        return of(view, BatchView.empty(view), speed);
    }

    public View<R> view() {
        return view;
    }

    /** The cut of the batch view that readers see now. */
    public Instant cut() {
        return snapshot().cut();
    }

    private BatchSnapshot snapshot() {
        return Objects.requireNonNull(published.get());
    }

    /**
     * Replaces the batch view for all reads that begin from now on.
     *
     * @throws IllegalArgumentException when it is of another view, or its cut lies before that of the published one
     */
    public void publish(BatchView batch) {
        BatchSnapshot next = new BatchSnapshot(checked(batch));
        BatchSnapshot before = published.getAndUpdate(now -> now.cut().isAfter(next.cut()) ? now : next);
        if (before.cut().isAfter(next.cut())) {
            throw new IllegalArgumentException(
                    "Cannot publish the batch view of %s up to %s: one up to %s is published (build it for a later cut)"
                            .formatted(view.name(), next.cut(), before.cut()));
        }
    }

    private BatchView checked(BatchView batch) {
        if (!batch.view().equals(view.name())) {
            throw new IllegalArgumentException(
                    "Invalid batch view: it is of %s (must be of %s)".formatted(batch.view(), view.name()));
        }
        return batch;
    }

    /** The rows of all windows. */
    public Answer read() {
        return read(TimeRange.all());
    }

    /**
     * The rows of the windows that lie in a range of event time.
     *
     * @throws IllegalArgumentException when the view has no windows and the range is not all of time
     */
    public Answer read(TimeRange range) {
        return read(range, State.COMMITTED);
    }

    /** Likewise, from what the speed store has committed or from what was put into it last, for live display. */
    public Answer read(TimeRange range, State state) {
        while (true) {
            BatchSnapshot batch = snapshot();
            SpeedStore.Contents recent = speed.read(view, batch.cut(), range, state);
            boolean forgotten = recent.forgottenBefore().isAfter(batch.cut());
            // The store forgets what a published batch view covers: the one at hand may have just been replaced.
            if (!forgotten || batch == snapshot()) {
                return merge(batch, recent, range);
            }
        }
    }

    private Answer merge(BatchSnapshot batch, SpeedStore.Contents recent, TimeRange range) {
        List<SlicePartial> ofBatch = batch.slicesIn(range);
        // First, as it has the slices fetched from memory faster than the assembly does.
        Optional<LocalDateTime> reached = reached(ofBatch, recent.slices());
        List<Row> rows = new ArrayList<>();
        List<Origin> origins = new ArrayList<>();
        view.forEachRow(ofBatch, recent.slices(), range, (row, origin) -> {
            rows.add(row);
            origins.add(origin);
        });
        return new Answer(view.columns(), rows, origins, reached, coverage(batch, recent));
    }

    private Optional<LocalDateTime> reached(List<SlicePartial> batch, List<SlicePartial> speed) {
        if (view.window().eventTime().isEmpty() || batch.isEmpty() && speed.isEmpty()) {
            return Optional.empty();
        }
        long newest = Math.max(newest(batch), newest(speed));
        return Optional.of(LocalDateTime.ofEpochSecond(newest, 0, ZoneOffset.UTC));
    }

    private static long newest(List<SlicePartial> slices) {
        long newest = Long.MIN_VALUE;
        for (SlicePartial slice : slices) {
            newest = Math.max(newest, slice.key().slice());
        }
        return newest;
    }

    private static Coverage coverage(BatchSnapshot batch, SpeedStore.Contents recent) {
        List<Hole> holes = new ArrayList<>(batch.holes());
        if (recent.forgottenBefore().isAfter(batch.cut())) {
            holes.add(new Hole(
                    "from %s to %s".formatted(batch.cut(), recent.forgottenBefore()),
                    "the speed store has forgotten it and no batch view covers it"));
        }
        return new Coverage(
                batch.cut(), recent.newest(), recent.commit(), recent.provisional(), holes, batch.approximate());
    }
}
