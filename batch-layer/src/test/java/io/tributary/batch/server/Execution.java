package io.tributary.batch.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One query and what became of it. */
final class Execution {
    private final String id;
    private final String sql;
    private String state = "QUEUED";
    private @Nullable String reason;
    private SqlBackend.@Nullable Result result;
    private @Nullable Future<?> task;

    Execution(String id, String sql) {
        this.id = id;
        this.sql = sql;
    }

    String id() {
        return id;
    }

    synchronized void run(ExecutorService threads, Callable<SqlBackend.Result> query) {
        state = "RUNNING";
        task = threads.submit(() -> {
            try {
                SqlBackend.Result rows = query.call();
                end("SUCCEEDED", rows, null);
            } catch (Exception e) {
                end("FAILED", null, e.getMessage());
            }
        });
    }

    private synchronized void end(String newState, SqlBackend.@Nullable Result rows, @Nullable String why) {
        if (state.equals("RUNNING")) {
            state = newState;
            result = rows;
            reason = why;
        }
    }

    synchronized void stop() {
        end("CANCELLED", null, "Query was cancelled by user");
        if (task != null) {
            task.cancel(true);
        }
    }

    synchronized SqlBackend.Result result() {
        if (result == null) {
            throw new IllegalArgumentException("Query has not yet finished. Current state: " + state);
        }
        return result;
    }

    /** A SELECT's rows begin with the names of its columns. */
    List<List<@Nullable String>> rowsWithHeader() {
        List<List<@Nullable String>> rows = new ArrayList<>();
        if (statementType().equals("DML") && !result().columns().isEmpty()) {
            rows.add(new ArrayList<>(result().columns()));
        }
        rows.addAll(result().rows());
        return rows;
    }

    private String statementType() {
        String start = sql.strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("select") || start.startsWith("with") || start.startsWith("insert")) {
            return "DML";
        }
        return start.startsWith("show") || start.startsWith("describe") ? "UTILITY" : "DDL";
    }

    synchronized ObjectNode toJson() {
        ObjectNode execution = JsonNodeFactory.instance.objectNode();
        execution.put("QueryExecutionId", id).put("Query", sql).put("StatementType", statementType());
        ObjectNode status = execution.putObject("Status").put("State", state);
        if (reason != null) {
            status.put("StateChangeReason", reason);
        }
        if (state.equals("FAILED")) {
            status.putObject("AthenaError").put("ErrorCategory", 2).put("Retryable", false);
        }
        execution.putObject("Statistics").put("DataScannedInBytes", result == null ? 0 : result.scannedBytes());
        return execution;
    }
}
