package io.tributary.speed;

import io.tributary.view.Partial;
import io.tributary.view.Row;
import io.tributary.view.View;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * A view over a stream, as a changelog or as windows. Immutable; each call of a result builds
 * operators of its own.
 *
 * <p>Rows of a rollup or a ranking depend on all keys of their window, which meet in one task: of a
 * tumbling or cumulating view each window may be in another, of a sliding one all are in the same.
 *
 * @param <R> the record
 */
public final class SpeedView<R> {
    private final DataStream<R> records;
    private final View<R> view;
    private final SpeedOptions options;
    private final String uid;
    private final ViewTypes types;

    SpeedView(DataStream<R> records, View<R> view, SpeedOptions options, String uid) {
        this.records = records;
        this.view = view;
        this.options = options;
        this.uid = uid;
        this.types = ViewTypes.of(view);
    }

    public SpeedView<R> with(SpeedOptions newOptions) {
        return new SpeedView<>(records, view, newOptions, uid);
    }

    /** Names the operators' state; {@code view-} and the view's name by default. Needed where a view is used twice. */
    public SpeedView<R> uid(String newUid) {
        return new SpeedView<>(records, view, options, newUid);
    }

    /**
     * Update mode: whenever buffers are flushed, the changes of the view's rows. Put together, they are the
     * rows of all records so far that were not late.
     */
    public Results<R, RowChange> updates() {
        Horizon horizon = Horizon.of(view.window(), options.lateness().retention());
        return crossesKeys()
                ? updates(horizon, new StateLayout.ByWindow<>(types.dimensions(), view.window()))
                : updates(horizon, new StateLayout.ByKey<>(types.dimensions()));
    }

    private <P, E> Results<R, RowChange> updates(Horizon horizon, StateLayout<List<@Nullable Object>, P, E> layout) {
        var operator = new ChangelogOperator<R, P, E>(view, layout, types.partial(), horizon, options);
        return topology(horizon, "updates").results(layout, operator, types.rowChange());
    }

    /**
     * Append mode: the rows of each window once, when the watermark passes its end; of a view without
     * windows at the end of the input.
     *
     * @throws IllegalArgumentException when the lateness is to correct what was given
     */
    public Results<R, Row> windows() {
        if (options.lateness() instanceof Lateness.Correct) {
            throw new IllegalArgumentException(
                    "Cannot give the windows of view %s once and correct them: %s (use updates(), or drop() or sideOutput())"
                            .formatted(view.name(), options.lateness()));
        }
        Horizon horizon = Horizon.of(view.window(), options.lateness().retention());
        return crossesKeys()
                ? windows(horizon, new StateLayout.ByWindow<>(types.dimensions(), view.window()))
                : windows(horizon, new StateLayout.ByKey<>(types.dimensions()));
    }

    private <P, E> Results<R, Row> windows(Horizon horizon, StateLayout<List<@Nullable Object>, P, E> layout) {
        var operator = new WindowOperator<List<@Nullable Object>, P, E, Partial, Row>(
                layout, new ViewCombiner<>(view), types.partial(), horizon, WindowOutput.rows(view));
        return topology(horizon, "windows").results(layout, operator, types.row());
    }

    private Topology<R, List<@Nullable Object>, Partial> topology(Horizon horizon, String mode) {
        return new Topology<>(
                records,
                label(mode),
                uid + "-" + mode,
                new ViewCells<>(view),
                new ViewCombiner<>(view),
                types.dimensions(),
                types.partial(),
                options,
                horizon);
    }

    private String label(String mode) {
        return "view " + view.name() + " " + mode;
    }

    private boolean crossesKeys() {
        return view.isRollup() || view.top().isPresent();
    }
}
