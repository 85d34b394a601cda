package io.tributary.serving;

import io.tributary.view.Origin;
import io.tributary.view.Row;
import io.tributary.view.ViewColumn;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a view.
 *
 * @param columns the columns of the rows
 * @param rows in the view's order
 * @param origins the layers that each row comes from, in the order of the rows
 * @param reached the start of the newest slice with records in the range that was read, though its window may end
 *     behind it; empty for none, or without windows
 * @param coverage what the answer covers and what it lacks
 */
public record Answer(
        List<ViewColumn> columns,
        List<Row> rows,
        List<Origin> origins,
        Optional<LocalDateTime> reached,
        Coverage coverage) {
    public Answer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        origins = List.copyOf(origins);
        if (origins.size() != rows.size()) {
            throw new IllegalArgumentException(
                    "Invalid answer: %d origins of %d rows (give one a row)".formatted(origins.size(), rows.size()));
        }
    }
}
