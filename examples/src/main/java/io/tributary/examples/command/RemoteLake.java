package io.tributary.examples.command;

import io.tributary.batch.lake.S3Lake;
import io.tributary.batch.query.AthenaEngine;
import io.tributary.retail.EnrichedOrder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The lake of the orders in a bucket, and Athena, which reads it by its tables. */
final class RemoteLake {
    @Mixin
    private OrdersTable orders = new OrdersTable();

    @Mixin
    private AthenaConnection connection = new AthenaConnection();

    @Mixin
    private ScanLimit limit = new ScanLimit();

    /** Work with the lake, which is closed after it. */
    interface Use {
        int with(Session session) throws Exception;
    }

    /** All that is open. */
    record Session(S3Client s3, AthenaEngine engine, S3Lake<EnrichedOrder> lake, CatalogueTables tables) {}

    OrdersTable orders() {
        return orders;
    }

    AthenaConnection connection() {
        return connection;
    }

    /** Refuses what only Athena heeds. */
    static void refuse(CommandSpec spec) {
        Usage.refuse(
                spec,
                "without --database (DuckDB reads the lake then; leave it out)",
                "--table",
                "--workgroup",
                "--output-location",
                "--max-scanned-bytes");
        Usage.refuse(spec, "without --database (it is Athena's; that of S3 is --s3-endpoint-url)", "--endpoint-url");
    }

    int use(Use use) throws Exception {
        try (UntilInterrupted unused = UntilInterrupted.begin();
                AthenaClient client = connection.client();
                S3Client s3 = orders.bucket().s3(connection.region());
                AthenaEngine engine = connection.engine(client, limit::in)) {
            S3Lake<EnrichedOrder> lake = orders.bucket().lake(s3);
            CatalogueTables tables = new CatalogueTables(engine, lake, orders.json(), orders.parquet(lake));
            return use.with(new Session(s3, engine, lake, tables));
        }
    }
}
