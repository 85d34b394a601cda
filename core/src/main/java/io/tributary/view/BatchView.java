package io.tributary.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the batch layer knows of a view: its slices over all sealed partitions before a cut.
 *
 * @param view the name of the view
 * @param cut the first instant that is not covered: a boundary of the lake's partitions
 * @param slices one for each key, never changed
 * @param holes what should have been read before the cut and could not be
 * @param approximate why records may be counted twice or missed, with the figures; null when each record
 *     before the cut is counted once
 */
public record BatchView(
        String view,
        Instant cut,
        List<SlicePartial> slices,
        List<Hole> holes,
        @Nullable String approximate) {

    /** A batch view that counts each record once. */
    public BatchView(String view, Instant cut, List<SlicePartial> slices, List<Hole> holes) {
        this(view, cut, slices, holes, null);
    }

    /**
     * A partition before the cut that the answer lacks.
     *
     * @param partition its path in the lake
     * @param reason why, such as that it is not sealed
     */
    public record Hole(String partition, String reason) {
        @Override
        public String toString() {
            return partition + ": " + reason;
        }
    }

    public BatchView {
        slices = List.copyOf(slices);
        holes = List.copyOf(holes);
    }

    /** The batch view of nothing, which leaves everything to the speed layer. */
    public static BatchView empty(View<?> view) {
        return new BatchView(view.name(), Instant.MIN, List.of(), List.of());
    }
}
