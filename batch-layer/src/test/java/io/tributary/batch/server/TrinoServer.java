package io.tributary.batch.server;

import io.trino.jdbc.TrinoStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Athena's engine, a Trino of one node in a JVM of its own, whose default catalogue is hive tables on S3. */
public final class TrinoServer implements SqlBackend, AutoCloseable {
    private final JavaServer server;
    private final String url;

    private TrinoServer(JavaServer server, String url) {
        this.server = server;
        this.url = url;
    }

    public static TrinoServer start(URI s3) {
        try {
            Path directory = Files.createTempDirectory("trino");
            Path metastore = Files.createDirectory(directory.resolve("metastore"));
            Path address = directory.resolve("address");
            JavaServer server = JavaServer.start(
                    "trino",
                    List.of(
                            "-Xmx2g",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "io.tributary.trino.TrinoServer",
                            metastore.toString(),
                            s3.toString(),
                            address.toString()),
                    () -> Files.exists(address));
            URI uri = URI.create(Files.readString(address));
            return new TrinoServer(server, "jdbc:trino://%s:%d/hive".formatted(uri.getHost(), uri.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a statement of Trino's own, such as one that makes a table. */
    public void execute(String sql) {
        try {
            run(null, sql, List.of());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Result run(@Nullable String database, String sql, List<String> parameters) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "test");
        try (Connection connection = DriverManager.getConnection(url, properties);
                Statement statement = connection.createStatement()) {
            if (database != null) {
                connection.setSchema(database);
            }
            AtomicLong bytes = new AtomicLong();
            statement.unwrap(TrinoStatement.class).setProgressMonitor(stats -> bytes.set(stats.getProcessedBytes()));
            String executed = sql;
            if (!parameters.isEmpty()) {
                statement.execute("prepare query from " + sql);
                executed = "execute query using " + String.join(", ", parameters);
            }
            if (!statement.execute(executed)) {
                return new Result(List.of(), List.of(), bytes.get());
            }
            try (ResultSet rows = statement.getResultSet()) {
                return read(rows, bytes);
            }
        }
    }

    private static Result read(ResultSet rows, AtomicLong bytes) throws SQLException {
        int width = rows.getMetaData().getColumnCount();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
            columns.add(rows.getMetaData().getColumnLabel(i));
        }
        List<List<@Nullable String>> texts = new ArrayList<>();
        while (rows.next()) {
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                row.add(rows.getString(i));
            }
            texts.add(row);
        }
        return new Result(columns, texts, bytes.get());
    }

    @Override
    public void close() {
        server.close();
    }
}
