package io.tributary.batch.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB in this process, with all of its tables in memory; it reads files, and nothing over a
 * network. Safe for several threads: each statement has a connection of its own. Timestamps come with
 * a space between day and time and as many fraction digits as needed.
 */
public final class DuckDbEngine implements QueryEngine {
    private static final String NAME = "DuckDB";
    private static final Duration CANCEL_EVERY = Duration.ofMillis(50);

    private final DuckDBConnection root;
    private final Path spill;
    private final EngineCount count = new EngineCount();
    private final Set<Statement> running = new HashSet<>();
    private boolean closed;
    /** Of a process that is told to stop. */
    private final Thread cleanUp;

    private DuckDbEngine(DuckDBConnection root, Path spill) {
        this.root = root;
        this.spill = spill;
        this.cleanUp = new Thread(() -> delete(spill), "delete-duckdb-spill");
    }

    /** Starts one with the defaults of {@link DuckDbOptions}. */
    public static DuckDbEngine start() {
        return start(DuckDbOptions.defaults());
    }

    public static DuckDbEngine start(DuckDbOptions options) {
        Path spill;
        try {
            spill = Files.createTempDirectory("tributary-duckdb");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot start DuckDB: no temporary directory (%s)".formatted(e.getMessage()), e);
        }
        Properties settings = new Properties();
        settings.setProperty("memory_limit", options.memoryBytes() + "B");
        settings.setProperty("threads", String.valueOf(options.threads()));
        settings.setProperty("temp_directory", spill.toString());
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("preserve_insertion_order", "false");
        try {
            DuckDBConnection root =
                    DriverManager.getConnection("jdbc:duckdb:", settings).unwrap(DuckDBConnection.class);
            try (Statement statement = root.createStatement()) {
                statement.execute("SET enable_progress_bar = false");
            } catch (SQLException e) {
                root.close();
                throw e;
            }
            DuckDbEngine engine = new DuckDbEngine(root, spill);
            Runtime.getRuntime().addShutdownHook(engine.cleanUp);
            return engine;
        } catch (SQLException e) {
            delete(spill);
            throw new QueryException(NAME, reason(e), "start", e);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.DUCKDB;
    }

    @Override
    public QueryResult run(Query query) {
        return count.run(() -> execute(query));
    }

    /** Of the bytes that it scans DuckDB tells nothing. */
    @Override
    public EngineTally tally() {
        return count.tally();
    }

    private QueryResult execute(Query query) {
        try (Connection connection = root.duplicate();
                PreparedStatement statement = connection.prepareStatement(query.sql())) {
            for (int i = 0; i < query.parameters().size(); i++) {
                statement.setObject(i + 1, query.parameters().get(i));
            }
            begin(statement, query);
            try {
                if (!statement.execute()) {
                    return QueryResult.none();
                }
                try (ResultSet rows = statement.getResultSet()) {
                    return read(rows);
                }
            } finally {
                end(statement);
            }
        } catch (SQLException e) {
            throw new QueryException(NAME, reason(e), query.sql(), e);
        }
    }

    private void begin(Statement statement, Query query) {
        synchronized (running) {
            if (closed) {
                throw new QueryException(NAME, "the engine is closed", query.sql(), null, false, null);
            }
            running.add(statement);
        }
    }

    private void end(Statement statement) {
        synchronized (running) {
            running.remove(statement);
            running.notifyAll();
        }
    }

    private static QueryResult read(ResultSet rows) throws SQLException {
        int width = rows.getMetaData().getColumnCount();
        List<String> columns = new ArrayList<>(width);
        for (int i = 1; i <= width; i++) {
            columns.add(rows.getMetaData().getColumnName(i));
        }
        List<List<@Nullable String>> texts = new ArrayList<>();
        while (rows.next()) {
            List<@Nullable String> row = new ArrayList<>(width);
            for (int i = 1; i <= width; i++) {
                row.add(rows.getString(i));
            }
            texts.add(row);
        }
        return new QueryResult(columns, texts);
    }

    /** Without the excerpt of the statement, which points at a place in it over several lines. */
    private static String reason(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int excerpt = message.indexOf("\nLINE ");
        return excerpt < 0 ? message : message.substring(0, excerpt);
    }

    @Override
    public void close() {
        try {
            stop();
            root.close();
        } catch (SQLException e) {
            throw new QueryException(NAME, reason(e), "close", e);
        } finally {
            delete(spill);
            keepNoHook();
        }
    }

    private void keepNoHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(cleanUp);
        } catch (IllegalStateException e) {
            // The process is stopping: the hook runs, and finds nothing left to delete.
        }
    }

    /** Again and again: what has not begun to run yet, DuckDB does not stop. */
    private void stop() throws SQLException {
        synchronized (running) {
            closed = true;
            while (!running.isEmpty()) {
                for (Statement statement : running) {
                    statement.cancel();
                }
                try {
                    running.wait(CANCEL_EVERY.toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // Left to the system, whose temporary directory it is.
        }
    }
}
