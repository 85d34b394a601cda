package io.tributary.batch.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, each value as the engine's text for it; null for NULL.
 *
 * @param columns the names of the columns
 * @param rows of one text a column; they can hold null
 */
public record QueryResult(List<String> columns, List<List<@Nullable String>> rows) {
    public QueryResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** What a statement returns that is not a query. */
    public static QueryResult none() {
        return new QueryResult(List.of(), List.of());
    }
}
