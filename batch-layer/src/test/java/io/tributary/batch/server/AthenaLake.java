package io.tributary.batch.server;

import io.tributary.batch.Source;
import io.tributary.partition.PartitionColumn;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** S3, Trino and Athena's protocol together, started once for all tests of a JVM. */
public final class AthenaLake {
    private static final Map<String, String> TRINO_TYPES =
            Map.of("string", "varchar", "int", "integer", "timestamp", "timestamp(3)");
    private static final String DATABASE = "lake";

    private final S3Server server;
    private final S3Client s3;
    private final TrinoServer trino;
    private final AthenaServer athena;
    private final AthenaClient client;

    private AthenaLake() {
        server = S3Server.start();
        s3 = server.client();
        trino = TrinoServer.start(server.endpoint());
        athena = AthenaServer.start(new HiveDdl(trino));
        client = athena.client();
        trino.execute("create schema " + DATABASE);
    }

    private static final class Holder {
        private static final AthenaLake INSTANCE = new AthenaLake();
    }

    public static AthenaLake started() {
        return Holder.INSTANCE;
    }

    public S3Client s3() {
        return s3;
    }

    public S3ClientBuilder s3Builder() {
        return server.clientBuilder();
    }

    public AthenaServer athena() {
        return athena;
    }

    public AthenaClient client() {
        return client;
    }

    public URI s3Endpoint() {
        return server.endpoint();
    }

    /** Copies a lake from a directory, with its manifests. */
    public void upload(Path root, String prefix) {
        upload(root, S3Server.BUCKET, prefix);
    }

    /** Copies it into another bucket. */
    public void upload(Path root, String bucket, String prefix) {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> s3.putObject(
                            request -> request.bucket(bucket).key(prefix + root.relativize(file)),
                            RequestBody.fromFile(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An external table over JSON lines; its partitions are not registered yet. */
    public Source.Table createTable(String name, Schema<?> schema, PartitionLayout layout, String prefix) {
        List<String> columns = new ArrayList<>();
        for (Column<?, ?> column : schema.columns()) {
            String type = column.type().hiveType();
            columns.add("\"%s\" %s".formatted(column.name(), TRINO_TYPES.getOrDefault(type, type)));
        }
        for (PartitionColumn column : layout.columns()) {
            columns.add("\"%s\" %s".formatted(column.name(), column.isInteger() ? "integer" : "varchar"));
        }
        trino.execute(
                "create table %s.%s (%s) with (format = 'OPENX_JSON', external_location = 's3a://%s/%s%s', partitioned_by = array[%s])"
                        .formatted(
                                DATABASE,
                                name,
                                String.join(", ", columns),
                                S3Server.BUCKET,
                                prefix,
                                layout.root().replaceAll("/$", ""),
                                layout.columns().stream()
                                        .map(column -> "'%s'".formatted(column.name()))
                                        .collect(Collectors.joining(", "))));
        return Source.table(DATABASE, name);
    }

    /** Runs a statement of Trino's own. */
    public void execute(String sql) {
        trino.execute(sql);
    }

    /** What MSCK REPAIR TABLE does on Athena. */
    public void repair(String table) {
        trino.execute("call hive.system.sync_partition_metadata('%s', '%s', 'FULL')".formatted(DATABASE, table));
    }
}
