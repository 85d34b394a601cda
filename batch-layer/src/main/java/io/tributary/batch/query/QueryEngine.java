package io.tributary.batch.query;

/**
 * Runs SQL and returns texts. What an engine must do to a view's SQL is no part of it: that is in the
 * {@linkplain Dialect dialect}. Views and compaction run on the two of this library; one of your own serves to
 * run {@link io.tributary.batch.ViewSql} by hand, or to count, delay or record what another one runs.
 */
public interface QueryEngine extends AutoCloseable {

    Dialect dialect();

    /**
     * Runs a statement to its end.
     *
     * @throws QueryException when the engine refuses or fails it
     */
    QueryResult run(Query query);

    /** What this engine has done so far. */
    EngineTally tally();

    /** Ends what is running and gives back what the engine holds. */
    @Override
    void close();
}
