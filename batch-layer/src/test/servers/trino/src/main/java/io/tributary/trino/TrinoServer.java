package io.tributary.trino;

import io.trino.Session;
import io.trino.plugin.hive.HiveConnectorFactory;
import io.trino.spi.Plugin;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.TestingSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A Trino of one node whose default catalogue holds hive tables on S3. Arguments: a directory for its
 * metastore, the endpoint of S3 and the file into which it writes its own address when it is up. Ends
 * when its standard input does.
 */
public final class TrinoServer {
    private TrinoServer() {}

    private static final class HivePlugin implements Plugin {
        @Override
        public Iterable<ConnectorFactory> getConnectorFactories() {
            return List.of(new HiveConnectorFactory());
        }
    }

    public static void main(String[] arguments) throws Exception {
        Session session = TestingSession.testSessionBuilder().setCatalog("hive").build();
        try (DistributedQueryRunner runner = DistributedQueryRunner.builder(session)
                .setNodeCount(1)
                .setExtraProperties(Map.of("query.max-memory-per-node", "512MB"))
                .build()) {
            runner.installPlugin(new HivePlugin());
            runner.createCatalog(
                    "hive",
                    "hive",
                    Map.ofEntries(
                            Map.entry("hive.metastore", "file"),
                            Map.entry("hive.metastore.catalog.dir", "file://" + Path.of(arguments[0]).toAbsolutePath()),
                            Map.entry("hive.metastore.user", "test"),
                            Map.entry("hive.non-managed-table-writes-enabled", "true"),
                            Map.entry("hive.security", "allow-all"),
                            Map.entry("hive.allow-register-partition-procedure", "true"),
                            Map.entry("hive.s3.endpoint", arguments[1]),
                            Map.entry("hive.s3.path-style-access", "true"),
                            Map.entry("hive.s3.ssl.enabled", "false"),
                            Map.entry("hive.s3.aws-access-key", "test"),
                            Map.entry("hive.s3.aws-secret-key", "test")));
            Path address = Path.of(arguments[2]);
            Path draft = address.resolveSibling(address.getFileName() + ".draft");
            Files.writeString(draft, runner.getCoordinator().getBaseUrl().toString());
            Files.move(draft, address);
            while (System.in.read() >= 0) {
                // Until the test's JVM has gone.
            }
        }
        System.exit(0);
    }
}
