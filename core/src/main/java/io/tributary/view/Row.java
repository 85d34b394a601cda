package io.tributary.view;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a view's answer.
 *
 * @param window null in a view without windows
 * @param dimensions in the view's order; null where rolled up
 * @param grouping how many of the dimensions it is grouped by: all of them, or fewer in the totals of a rollup; SQL and the
 *     HTTP API have a mask of those that are rolled up under the same name, which is 0 where none is
 * @param measures in the view's order
 * @param rank its place in a view that shows the top n, from 1; else 0
 */
public record Row(
        @Nullable TimeRange window,
        List<@Nullable Object> dimensions,
        int grouping,
        List<@Nullable Object> measures,
        int rank) {

    public Row {
        dimensions = Collections.unmodifiableList(dimensions);
        measures = Collections.unmodifiableList(measures);
    }

    /** The values of {@link View#columns()}, in order. */
    public List<@Nullable Object> values() {
        List<@Nullable Object> values = new ArrayList<>(dimensions.size() + measures.size() + 3);
        if (window != null) {
            values.add(window.start());
            values.add(window.end());
        }
        values.addAll(dimensions);
        values.addAll(measures);
        if (rank > 0) {
            values.add(rank);
        }
        return values;
    }

    Row ranked(int newRank) {
        return new Row(window, dimensions, grouping, measures, newRank);
    }
}
