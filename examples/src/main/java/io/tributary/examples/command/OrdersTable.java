package io.tributary.examples.command;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.LakeLocation;
import io.tributary.batch.athena.TableName;
import io.tributary.batch.lake.S3Lake;
import io.tributary.retail.EnrichedOrder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The table of the orders in Athena's catalogue, and where its lake lies. */
final class OrdersTable {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--database", paramLabel = "NAME", description = "The database of the catalogue.")
    private @Nullable String database;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            defaultValue = "transaction_order",
            description = "The table (default: ${DEFAULT-VALUE}).")
    private String table = "";

    @Mixin
    private BucketLake bucket = new BucketLake();

    /** Whether the lake is one in a bucket. */
    boolean isGiven() {
        return isCatalogued() || bucket.isGiven();
    }

    /** Whether it is in a catalogue. */
    boolean isCatalogued() {
        return database != null;
    }

    BucketLake bucket() {
        return bucket;
    }

    AthenaTable<EnrichedOrder> json() {
        return Usage.checked(spec, () -> AthenaTable.json(name(), EnrichedOrder.SCHEMA, bucket.location()));
    }

    /** The table beside it, over the Parquet copies of a lake that is compacted. */
    AthenaTable<EnrichedOrder> parquet(S3Lake<EnrichedOrder> lake) {
        TableName lines = name();
        return Usage.checked(
                spec,
                () -> AthenaTable.parquet(
                        new TableName(lines.database(), lines.table() + "_parquet"),
                        EnrichedOrder.SCHEMA,
                        new LakeLocation(bucket.location().root(), lake.parquetLayout())));
    }

    TableName name() {
        if (database == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--database=NAME'");
        }
        String given = database;
        return Usage.checked(spec, () -> new TableName(given, table));
    }
}
