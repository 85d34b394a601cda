package io.tributary.batch.query;

/** An engine refused or failed a statement. The message is one line: the engine's reason, then the statement's beginning. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_REASON = 300;
    private static final int SHOWN_SQL = 80;

    private final String sql;

    public QueryException(String engine, String reason, String sql, Throwable cause) {
        super(
                "Cannot run a query on %s: %s (the query: %s)"
                        .formatted(engine, shorten(reason, SHOWN_REASON), shorten(sql, SHOWN_SQL)),
                cause);
        this.sql = sql;
    }

    /** The whole statement. */
    public String sql() {
        return sql;
    }

    private static String shorten(String text, int length) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= length ? line : line.substring(0, line.offsetByCodePoints(0, length - 1)) + "…";
    }
}
