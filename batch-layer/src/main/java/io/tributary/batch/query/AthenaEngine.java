package io.tributary.batch.query;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.StopQueryExecutionRequest;

/**
 * Amazon Athena. A query is started once, waited for with growing pauses and read page by page.
 *
 * <p>Only throttled requests are sent again, until the timeout; a failed query is not, as each run is
 * billed. A query is stopped when its thread is interrupted, when it does not end in time, when it reads
 * more than it may, and when the engine is closed. Results are held in memory. The values of parameters
 * travel apart from the text, as literals. Safe for several threads.
 */
public final class AthenaEngine implements QueryEngine {
    static final String NAME = "Athena";

    private final AthenaClient client;
    private final AthenaOptions options;
    private final Pace pace;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final EngineCount count = new EngineCount();
    private volatile boolean closed;

    AthenaEngine(AthenaClient client, AthenaOptions options, Pace pace) {
        this.client = client;
        this.options = options;
        this.pace = pace;
    }

    /** Queries through a client, which stays the caller's, to close. */
    public static AthenaEngine on(AthenaClient client, AthenaOptions options) {
        return new AthenaEngine(client, options, Pace.system());
    }

    @Override
    public Dialect dialect() {
        return Dialect.ATHENA;
    }

    /**
     * Runs a statement to its end.
     *
     * @throws IllegalArgumentException when Athena has no literal for a parameter
     * @throws QueryException when it is refused, fails, is stopped or cannot be reached
     */
    @Override
    public QueryResult run(Query query) {
        if (closed) {
            throw new QueryException(NAME, "the engine is closed", query.sql(), null, false, null);
        }
        return count.run(new AthenaRun(this, query)::run);
    }

    @Override
    public EngineTally tally() {
        return count.tally();
    }

    void retried() {
        count.retried();
    }

    AthenaClient client() {
        return client;
    }

    AthenaOptions options() {
        return options;
    }

    Pace pace() {
        return pace;
    }

    void started(String queryId) {
        running.add(queryId);
        if (closed) {
            stop(queryId);
        }
    }

    void ended(String queryId) {
        running.remove(queryId);
    }

    void stop(String queryId) {
        client.stopQueryExecution(
                StopQueryExecutionRequest.builder().queryExecutionId(queryId).build());
    }

    /** Stops the queries that are running. */
    @Override
    public void close() {
        closed = true;
        SdkException failure = null;
        for (String queryId : List.copyOf(running)) {
            try {
                stop(queryId);
            } catch (SdkException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
