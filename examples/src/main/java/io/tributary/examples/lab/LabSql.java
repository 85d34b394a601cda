package io.tributary.examples.lab;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.schema.ColumnType;
import io.tributary.speed.sql.Connector;
import io.tributary.speed.sql.FlinkTable;
import io.tributary.speed.sql.TableStart;
import io.tributary.view.ViewColumn;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;

/**
 * Runs a lab's statement with Flink's own planner over a file of orders, as a bounded query: all orders count,
 * however late. As a stream a statement with windows would drop those whose last window its watermark has passed.
 */
public final class LabSql {
    private static final String ORDERS = "transaction_order_flink";
    private static final String SUMMARY = "timely_cumulate_sum_of_sales";
    private static final Duration OUT_OF_ORDER = Duration.ofSeconds(5);
    private static final Duration COMMIT_DELAY = Duration.ofMinutes(1);

    private LabSql() {}

    private static FlinkTable orders(Connector connector) {
        return FlinkTable.of(ORDERS, EnrichedOrder.SCHEMA, connector)
                .withWatermark(EnrichedOrder.TR_DATETIME, OUT_OF_ORDER);
    }

    private static FlinkTable summary(String directory) {
        return FlinkTable.of(
                SUMMARY, RetailViews.CUMULATIVE_DAILY_SALES, Connector.filesystem(directory, COMMIT_DELAY));
    }

    /**
     * The statements of a lab over a stream of Kinesis, in the order in which a notebook takes them; those of several
     * labs may follow each other there.
     *
     * @param summaries where a statement that writes puts its files
     */
    public static List<String> notebook(Lab lab, String stream, String region, TableStart start, String summaries) {
        List<String> statements = new ArrayList<>();
        addAnew(statements, orders(Connector.kinesisByName(stream, region, start)));
        if (lab == Lab.CUMULATIVE_TO_FILES) {
            // Files are finished with checkpoints only.
            statements.add("SET 'execution.checkpointing.mode' = 'EXACTLY_ONCE'");
            statements.add("SET 'execution.checkpointing.interval' = '1min'");
            addAnew(statements, summary(summaries + "/" + SUMMARY));
        }
        statements.add(lab.sql());
        return statements;
    }

    private static void addAnew(List<String> statements, FlinkTable table) {
        statements.add(table.drop());
        statements.add(table.create());
    }

    /**
     * Runs the statement.
     *
     * @param file enriched orders, as JSON lines
     * @param summaries where a statement that writes puts its files
     * @param columns the columns of the view, among which the statement's are
     */
    public static LabTable run(Lab lab, Path file, Path summaries, List<ViewColumn> columns) throws Exception {
        TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(configuration())
                .build());
        flink.executeSql(orders(Connector.jsonFiles(file.toUri().toString())).create());
        if (lab == Lab.CUMULATIVE_TO_FILES) {
            flink.executeSql(summary(summaries.toUri().toString()).create());
            flink.executeSql(lab.sql()).await();
            return rows(flink.executeSql("SELECT * FROM " + SUMMARY), lab, columns);
        }
        return rows(flink.executeSql(lab.sql()), lab, columns);
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, 1);
        configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Default);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        return configuration;
    }

    private static LabTable rows(TableResult result, Lab lab, List<ViewColumn> columns) throws Exception {
        List<String> names =
                lab.columnsOfSql().isEmpty() ? result.getResolvedSchema().getColumnNames() : lab.columnsOfSql();
        List<ViewColumn> found =
                names.stream().map(name -> column(name, columns)).toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (CloseableIterator<Row> collected = result.collect()) {
            for (Iterator<Row> each = collected; each.hasNext(); ) {
                rows.add(values(each.next(), found));
            }
        }
        return new LabTable(found, rows);
    }

    private static ViewColumn column(String name, List<ViewColumn> columns) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "Cannot compare column %s: the view has %s".formatted(name, columns)));
    }

    private static List<@Nullable Object> values(Row row, List<ViewColumn> columns) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Object field = row.getField(i);
            values.add(field == null ? null : value(columns.get(i).type(), field));
        }
        return values;
    }

    /** The value as the view's type has it: texts, hours and flags are texts in SQL, instants have no zone. */
    private static Object value(ColumnType<?> type, Object field) {
        if (field instanceof LocalDateTime time) {
            return type.javaType() == Instant.class ? time.toInstant(ZoneOffset.UTC) : time;
        }
        return type.parse(field.toString());
    }
}
