package io.tributary.batch.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query, each value as the engine's text for it; null for NULL.
 *
 * @param columns the names of the columns
 * @param rows of one text a column; they can hold null
 * @param statistics what the engine tells of the run
 */
public record QueryResult(List<String> columns, List<List<@Nullable String>> rows, QueryStatistics statistics) {
    public QueryResult {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** The rows of an engine that tells nothing more. */
    public QueryResult(List<String> columns, List<List<@Nullable String>> rows) {
        this(columns, rows, QueryStatistics.UNKNOWN);
    }

    /** What a statement returns that is not a query. */
    public static QueryResult none() {
        return new QueryResult(List.of(), List.of());
    }
}
