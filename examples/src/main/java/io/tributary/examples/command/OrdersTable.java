package io.tributary.examples.command;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.LakeLocation;
import io.tributary.batch.athena.TableName;
import io.tributary.batch.lake.S3Lake;
import io.tributary.examples.option.AwsOptions;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

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

    @Option(names = "--bucket", paramLabel = "NAME", description = "The bucket of the lake.")
    private @Nullable String bucket;

    @Option(
            names = "--location",
            paramLabel = "s3://BUCKET/PREFIX",
            description = "The lake, when it is not all of a bucket; data/stream_data lies below it.")
    private @Nullable String location;

    @Mixin
    private S3Connection s3 = new S3Connection();

    /** Whether the lake is one in a bucket. */
    boolean isGiven() {
        return database != null || bucket != null || location != null;
    }

    AthenaTable<EnrichedOrder> json() {
        return Usage.checked(spec, () -> AthenaTable.json(name(), EnrichedOrder.SCHEMA, lakeLocation()));
    }

    /** The table beside it, over the Parquet copies of a lake that is compacted. */
    AthenaTable<EnrichedOrder> parquet(S3Lake<EnrichedOrder> lake) {
        TableName lines = name();
        return Usage.checked(
                spec,
                () -> AthenaTable.parquet(
                        new TableName(lines.database(), lines.table() + "_parquet"),
                        EnrichedOrder.SCHEMA,
                        new LakeLocation(lakeLocation().root(), lake.parquetLayout())));
    }

    /** Whether it is in a catalogue. */
    boolean isCatalogued() {
        return database != null;
    }

    TableName name() {
        String given = required("--database", database);
        return Usage.checked(spec, () -> new TableName(given, table));
    }

    private LakeLocation lakeLocation() {
        if (location != null && bucket == null) {
            return new LakeLocation(location, RetailLake.LAYOUT);
        }
        if (location != null) {
            throw new IllegalArgumentException("Invalid options: --bucket and --location (give one of them)");
        }
        return LakeLocation.bucket(required("--bucket", bucket), RetailLake.LAYOUT);
    }

    /** The lake's directory, with its last slash. */
    String root() {
        return Usage.checked(spec, this::lakeLocation).root() + "/";
    }

    S3Client s3(AwsOptions aws) throws IOException {
        return s3.client(aws);
    }

    S3Lake<EnrichedOrder> lake(S3Client client) {
        return Usage.checked(spec, () -> S3Lake.at(client, root(), RetailLake.LAYOUT, EnrichedOrder.SCHEMA));
    }

    private String required(String option, @Nullable String value) {
        if (value == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '%s=NAME'".formatted(option));
        }
        return value;
    }
}
