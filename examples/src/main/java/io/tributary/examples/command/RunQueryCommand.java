package io.tributary.examples.command;

import io.tributary.batch.Source;
import io.tributary.batch.ViewSql;
import io.tributary.batch.athena.TableName;
import io.tributary.batch.query.AthenaEngine;
import io.tributary.batch.query.AthenaOptions;
import io.tributary.batch.query.Dialect;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryResult;
import io.tributary.examples.lab.LabTable;
import io.tributary.schema.ColumnType;
import io.tributary.view.View;
import io.tributary.view.ViewColumn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.athena.AthenaClient;

@Command(
        name = "run-query",
        description = {
            "Run one of the workshop's ad-hoc queries, or a statement of yours, on Athena.",
            "It reads all partitions that the table has, sealed or not. The query's id and what it has read, which is"
                    + " what is billed, go to standard error."
        })
final class RunQueryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "QUERY",
            description = "daily, hourly or category: sales by day, by day and hour, or by category; or SQL.")
    private String query = "";

    @Mixin
    private AthenaConnection athena = new AthenaConnection();

    @Option(names = "--database", required = true, paramLabel = "NAME", description = "The database of the catalogue.")
    private String database = "";

    @Option(
            names = "--table",
            paramLabel = "NAME",
            defaultValue = "transaction_order",
            description = "The table of the orders, for the ad-hoc queries (default: ${DEFAULT-VALUE}).")
    private String table = "";

    @Mixin
    private ScanLimit limit = new ScanLimit();

    @Option(
            names = "--reuse",
            paramLabel = "MINUTES",
            description = "Take the result of the same query again when it is no older, up to 10080; that costs nothing"
                    + " (default: never, or athena.reuse).")
    private @Nullable Integer reuse;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        Optional<View<?>> adHoc = Stream.of(AdHoc.values())
                .filter(known -> known.toString().equals(query.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(AdHoc::view);
        Query statement = adHoc.map(this::statement).orElseGet(this::sql);
        try (UntilInterrupted unused = UntilInterrupted.begin();
                AthenaClient client = athena.client();
                AthenaEngine engine = athena.engine(client, this::limited)) {
            QueryResult result = engine.run(statement);
            System.err.printf(
                    "%,d rows; query %s scanned %,d bytes%s%n",
                    result.rows().size(),
                    result.statistics().queryId(),
                    result.statistics().scannedBytes(),
                    result.statistics().reused() ? ", reused" : "");
            if (!result.columns().isEmpty()) {
                format.print(table(adHoc.map(View::columns).orElseGet(() -> texts(result)), result));
            }
            return 0;
        }
    }

    private Query statement(View<?> view) {
        return Usage.checked(spec, () -> {
            TableName name = new TableName(database, table);
            return ViewSql.of(view, Dialect.ATHENA).answer(Source.table(name.database(), name.table()));
        });
    }

    private Query sql() {
        String text = query.strip().replaceFirst(";$", "");
        if (text.codePoints().noneMatch(Character::isWhitespace)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid query: %s (must be daily, hourly or category, or a statement in quotes)".formatted(query));
        }
        return Query.of(text);
    }

    private AthenaOptions limited(AthenaOptions options) {
        AthenaOptions limited = limit.in(options.withDatabase(database));
        return reuse == null ? limited : limited.withReuseOfResults(Duration.ofMinutes(reuse));
    }

    private static List<ViewColumn> texts(QueryResult result) {
        return result.columns().stream()
                .map(name -> new ViewColumn(name, ColumnType.text()))
                .toList();
    }

    private static LabTable table(List<ViewColumn> columns, QueryResult result) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable String> texts : result.rows()) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                String text = texts.get(i);
                values.add(text == null ? null : columns.get(i).type().parse(text));
            }
            rows.add(values);
        }
        return new LabTable(columns, rows);
    }
}
