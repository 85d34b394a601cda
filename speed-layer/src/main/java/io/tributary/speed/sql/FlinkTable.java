package io.tributary.speed.sql;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import io.tributary.view.View;
import io.tributary.view.ViewColumn;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table of Flink's SQL, from a schema or a view, as the DDL that creates it. The job needs the
 * connector and flink-json on its class path; nothing is loaded here.
 *
 * <p>Texts are STRING without a length, since no sender is held to one. Amounts are exact decimals.
 * Times have milliseconds, the most that a watermark takes. Immutable.
 */
public final class FlinkTable {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,127}");
    private static final Duration MOST_DELAY = Duration.ofDays(1);

    private final String name;
    private final Connector connector;
    private final List<ViewColumn> columns;
    private final String watermark;
    private final List<String> partitionedBy;

    private FlinkTable(
            String name, Connector connector, List<ViewColumn> columns, String watermark, List<String> partitionedBy) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Invalid table name: %s (must match %s)".formatted(name, NAME));
        }
        this.name = name;
        this.connector = connector;
        this.columns = columns;
        this.watermark = watermark;
        this.partitionedBy = partitionedBy;
    }

    /** A table of records. */
    public static FlinkTable of(String name, Schema<?> schema, Connector connector) {
        List<ViewColumn> columns = new ArrayList<>();
        schema.columns().forEach(column -> columns.add(new ViewColumn(column.name(), column.type())));
        return new FlinkTable(name, connector, columns, "", List.of());
    }

    /** A table of a view's rows. */
    public static FlinkTable of(String name, View<?> view, Connector connector) {
        return new FlinkTable(name, connector, view.columns(), "", List.of());
    }

    /** Makes a column the event time, with records up to a delay out of order. */
    public FlinkTable withWatermark(Column<?, LocalDateTime> time, Duration delay) {
        check(time);
        if (delay.isNegative() || delay.getNano() != 0 || delay.compareTo(MOST_DELAY) > 0) {
            throw new IllegalArgumentException("Invalid delay of a watermark: %s (must be whole seconds, at most %s)"
                    .formatted(delay, MOST_DELAY));
        }
        // An interval of seconds has two digits unless it says how many.
        String digits = delay.toSeconds() < 100 ? "" : "(5)";
        String clause = "  WATERMARK FOR `%s` AS `%s` - INTERVAL '%s' SECOND%s"
                .formatted(time.name(), time.name(), delay.toSeconds(), digits);
        return new FlinkTable(name, connector, columns, clause, partitionedBy);
    }

    /** Spreads what is written into the table by these columns. */
    public FlinkTable partitionedBy(Column<?, ?>... by) {
        List<String> names = new ArrayList<>();
        for (Column<?, ?> column : by) {
            check(column);
            names.add(column.name());
        }
        return new FlinkTable(name, connector, columns, watermark, List.copyOf(names));
    }

    private void check(Column<?, ?> column) {
        if (!columns.contains(new ViewColumn(column.name(), column.type()))) {
            throw new IllegalArgumentException("Cannot use column %s in table %s (must be one of %s)"
                    .formatted(
                            column, name, columns.stream().map(ViewColumn::name).toList()));
        }
    }

    /** The statement that creates the table; fails when there is one. */
    public String create() {
        List<String> elements = new ArrayList<>();
        columns.forEach(column -> elements.add("  %s %s".formatted(quoted(column.name()), sqlType(column.type()))));
        if (!watermark.isEmpty()) {
            elements.add(watermark);
        }
        StringBuilder ddl =
                new StringBuilder("CREATE TABLE %s(\n%s)\n".formatted(quoted(name), String.join(",\n", elements)));
        if (!partitionedBy.isEmpty()) {
            ddl.append(partitionedBy.stream()
                    .map(FlinkTable::quoted)
                    .collect(Collectors.joining(", ", "PARTITIONED BY (", ")\n")));
        }
        ddl.append(connector.options().entrySet().stream()
                .map(FlinkTable::option)
                .collect(Collectors.joining(",\n", "WITH (\n", "\n)")));
        return ddl.toString();
    }

    /** The statement that drops the table, if it is there. */
    public String drop() {
        return "DROP TABLE IF EXISTS " + quoted(name);
    }

    private static String quoted(String identifier) {
        return "`" + identifier + "`";
    }

    private static String option(Map.Entry<String, String> option) {
        return "  %s = %s".formatted(literal(option.getKey()), literal(option.getValue()));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String sqlType(ColumnType<?> type) {
        return switch (type.hiveType()) {
            case "string" -> "STRING";
            case "int" -> "INT";
            case "bigint" -> "BIGINT";
            case "double" -> "DOUBLE";
            case "boolean" -> "BOOLEAN";
            case "timestamp" -> "TIMESTAMP(3)";
            default -> "DECIMAL(" + type.precision() + ", " + type.scale() + ")";
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
