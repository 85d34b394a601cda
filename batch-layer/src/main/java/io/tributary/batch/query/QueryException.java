package io.tributary.batch.query;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An engine refused or failed a statement. The message is one line: the engine's reason, then the statement's beginning. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 2L;
    private static final int SHOWN_REASON = 300;
    private static final int SHOWN_SQL = 80;

    private final String sql;
    private final @Nullable String queryId;
    private final boolean retryable;

    public QueryException(String engine, String reason, String sql, Throwable cause) {
        this(engine, reason, sql, null, false, cause);
    }

    QueryException(
            String engine,
            String reason,
            String sql,
            @Nullable String queryId,
            boolean retryable,
            @Nullable Throwable cause) {
        super(
                "Cannot run a query on %s: %s%s (the query: %s)"
                        .formatted(
                                engine,
                                queryId == null ? "" : "query %s ".formatted(queryId),
                                shorten(reason, SHOWN_REASON),
                                shorten(sql, SHOWN_SQL)),
                cause);
        this.sql = sql;
        this.queryId = queryId;
        this.retryable = retryable;
    }

    /** The whole statement. */
    public String sql() {
        return sql;
    }

    /** The engine's name for the query, once it had one. */
    public Optional<String> queryId() {
        return Optional.ofNullable(queryId);
    }

    /** Whether the same query may succeed later. It was billed for what it read, and is never retried by itself. */
    public boolean isRetryable() {
        return retryable;
    }

    private static String shorten(String text, int length) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= length
                ? line
                : line.substring(0, line.offsetByCodePoints(0, length - 1)) + "…";
    }
}
