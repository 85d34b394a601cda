package io.tributary.examples.command;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.LakeLocation;
import io.tributary.batch.athena.Projection;
import io.tributary.batch.athena.TableName;
import io.tributary.batch.query.Query;
import io.tributary.examples.pipeline.EmbeddedPipeline;
import io.tributary.retail.EnrichedOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "create-table",
        description = {
            "Create the table of the orders in Athena, over the JSON that the delivery stream puts into the bucket.",
            "Its partitions are added as they are found, or computed by Athena for the years of --projection-years."
        })
final class CreateTableCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--region-name",
            paramLabel = "REGION",
            defaultValue = "ap-northeast-2",
            description = "The region of Athena (default: ${DEFAULT-VALUE}).")
    private String region = "";

    @Option(names = "--database", required = true, paramLabel = "NAME", description = "The database of the catalogue.")
    private String database = "";

    @Option(
            names = "--table",
            paramLabel = "NAME",
            defaultValue = "transaction_order",
            description = "The table (default: ${DEFAULT-VALUE}).")
    private String table = "";

    @Option(names = "--bucket", required = true, paramLabel = "NAME", description = "The bucket of the lake.")
    private String bucket = "";

    @Option(
            names = "--projection-years",
            arity = "2",
            paramLabel = "YEAR",
            description = "The first and the last year for which Athena computes the partitions.")
    private List<Integer> years = List.of();

    @Option(names = "--dry-run", description = "Print the statements and run none.")
    private boolean dryRun;

    @Override
    public Integer call() {
        List<Query> statements = statements();
        if (!dryRun) {
            throw new IllegalStateException(
                    "Cannot create %s.%s in %s: this build prints statements only (add --dry-run)"
                            .formatted(database, table, region));
        }
        statements.forEach(statement -> System.out.println(statement.sql() + ";\n"));
        return 0;
    }

    /** The statements, in the order in which they are to be run. */
    List<Query> statements() {
        try {
            AthenaTable<EnrichedOrder> orders = AthenaTable.json(
                    new TableName(database, table),
                    EnrichedOrder.SCHEMA,
                    LakeLocation.bucket(bucket, EmbeddedPipeline.LAYOUT));
            boolean projected = !years.isEmpty();
            List<Query> statements = new ArrayList<>();
            statements.add((projected ? orders.withProjection(Projection.ofYears(years.get(0), years.get(1))) : orders)
                    .createIfMissing());
            if (!projected) {
                statements.add(orders.repair());
            }
            return statements;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
