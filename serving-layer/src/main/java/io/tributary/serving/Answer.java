package io.tributary.serving;

import io.tributary.view.Row;
import io.tributary.view.ViewColumn;
import java.util.List;

/**
 * The answer to a view.
 *
 * @param columns the columns of the rows
 * @param rows in the view's order
 * @param coverage what the answer covers and what it lacks
 */
public record Answer(List<ViewColumn> columns, List<Row> rows, Coverage coverage) {
    public Answer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
