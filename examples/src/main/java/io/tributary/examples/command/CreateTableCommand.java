package io.tributary.examples.command;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.Projection;
import io.tributary.batch.query.AthenaEngine;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryResult;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.s3.S3Client;

@Command(
        name = "create-table",
        description = {
            "Create the table of the orders in Athena, over the JSON that the delivery stream puts into the bucket.",
            "Prints its partitions, one a line. The files of the lake stay as they are, also with --replace."
        })
final class CreateTableCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AthenaConnection athena = new AthenaConnection();

    @Mixin
    private OrdersTable orders = new OrdersTable();

    @Option(
            names = "--partitions",
            defaultValue = "msck",
            description = "How Athena gets to know the partitions: msck searches the bucket, for lakes without seals,"
                    + " add names the sealed ones, as build-batch-views does, projection lets Athena compute those of"
                    + " --projection-years. Do not mix msck and add: they may name a partition differently, as 08 and"
                    + " 8, so that its orders count twice (default: ${DEFAULT-VALUE}).")
    private Partitions partitions = Partitions.MSCK;

    @Option(
            names = "--projection-years",
            arity = "2",
            paramLabel = "YEAR",
            description = "The first and the last year of the computed partitions (default: 2020 2040).")
    private List<Integer> years = List.of();

    @Option(names = "--create-database", description = "Create the database where it is missing.")
    private boolean createDatabase;

    @ArgGroup
    private Existing existing = new Existing();

    @Option(names = "--dry-run", description = "Print the statements and run none.")
    private boolean dryRun;

    /** What becomes of a table that is there; without, it is an error. */
    static final class Existing {
        @Option(names = "--if-not-exists", description = "Leave a table that is there as it is.")
        private boolean kept;

        @Option(names = "--replace", description = "Drop a table that is there.")
        private boolean replaced;
    }

    /** How partitions become known. */
    enum Partitions {
        MSCK,
        ADD,
        PROJECTION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws IOException {
        requireSense();
        List<Query> statements = statements();
        if (dryRun) {
            statements.forEach(statement -> System.out.println(statement.sql() + ";\n"));
            return 0;
        }
        try (UntilInterrupted unused = UntilInterrupted.begin();
                AthenaClient client = athena.client();
                AthenaEngine engine = athena.engine(client, options -> options)) {
            statements.forEach(engine::run);
            AthenaTable<EnrichedOrder> table = orders.json();
            if (partitions == Partitions.ADD) {
                table.addPartitions(sealed()).forEach(engine::run);
            }
            System.err.printf("%s: created%n", table);
            if (!isProjected()) {
                QueryResult known = engine.run(table.showPartitions());
                known.rows().forEach(row -> System.out.println(row.get(0)));
                System.err.printf("%,d partitions%n", known.rows().size());
            }
            return 0;
        }
    }

    private void requireSense() {
        boolean isOther = partitions != Partitions.PROJECTION
                && spec.commandLine().getParseResult().hasMatchedOption("--partitions");
        if (isOther && !years.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Cannot use --projection-years with --partitions %s (give --partitions projection)"
                            .formatted(partitions));
        }
    }

    private Collection<Partition> sealed() throws IOException {
        try (S3Client s3 = orders.bucket().s3(athena.region())) {
            Optional<Instant> cut = orders.bucket().lake(s3).newestCut();
            return cut.isEmpty()
                    ? List.of()
                    : orders.bucket().lake(s3).seals(cut.get()).versions().keySet();
        }
    }

    private boolean isProjected() {
        return partitions == Partitions.PROJECTION || !years.isEmpty();
    }

    /** The statements, in the order in which they are to be run, but for those that add partitions. */
    List<Query> statements() {
        return Usage.checked(spec, () -> {
            AthenaTable<EnrichedOrder> table = orders.json();
            if (isProjected()) {
                table = table.withProjection(
                        years.isEmpty()
                                ? Projection.ofYears(2020, 2040)
                                : Projection.ofYears(years.get(0), years.get(1)));
            }
            List<Query> statements = new ArrayList<>();
            if (createDatabase) {
                statements.add(table.name().createDatabase());
            }
            if (existing.replaced) {
                statements.add(table.drop());
            }
            statements.add(existing.kept ? table.createIfMissing() : table.create());
            if (partitions == Partitions.MSCK && !isProjected()) {
                statements.add(table.repair());
            }
            return statements;
        });
    }
}
