package io.tributary.batch.server;

import io.tributary.batch.Source;
import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.LakeLocation;
import io.tributary.batch.athena.TableName;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** S3, Trino and Athena's protocol together, started once for all tests of a JVM. */
public final class AthenaLake {
    private static final String DATABASE = "lake";

    private final S3Server server;
    private final S3Client s3;
    private final TrinoServer trino;
    private final HiveDdl hive;
    private final AthenaServer athena;
    private final AthenaClient client;

    private AthenaLake() {
        server = S3Server.start();
        s3 = server.client();
        trino = TrinoServer.start(server.endpoint());
        hive = new HiveDdl(trino, this::makeDirectory);
        athena = AthenaServer.start(hive);
        client = athena.client();
        trino.execute("create schema " + DATABASE);
    }

    /** By an object that readers pass by, where there is none yet. */
    private void makeDirectory(URI location) {
        String key = location.getPath().substring(1) + "/";
        boolean isThere = s3.listObjectsV2(request ->
                        request.bucket(location.getHost()).prefix(key).maxKeys(1))
                .hasContents();
        if (!isThere) {
            s3.putObject(request -> request.bucket(location.getHost()).key(key + ".directory"), RequestBody.empty());
        }
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

    /** An external table over JSON lines, by the library's own DDL; its partitions are not registered yet. */
    public Source.Table createTable(String name, Schema<?> schema, PartitionLayout layout, String prefix) {
        LakeLocation location = new LakeLocation("s3://%s/%s".formatted(S3Server.BUCKET, prefix), layout);
        String ddl = AthenaTable.json(new TableName(DATABASE, name), schema, location)
                .create()
                .sql();
        try {
            hive.run(DATABASE, ddl, List.of());
        } catch (Exception e) {
            throw new IllegalStateException("Cannot create table %s: %s".formatted(name, e.getMessage()), e);
        }
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
