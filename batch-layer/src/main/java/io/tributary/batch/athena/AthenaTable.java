package io.tributary.batch.athena;

import io.tributary.batch.query.Query;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionColumn;
import io.tributary.partition.PartitionValue;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An external table over a lake, from the lake's one schema and one layout, with the DDL that Athena
 * takes for it: Hive's.
 *
 * <p>Names are in back quotes and texts escaped; what Athena cannot hold is refused here. A statement
 * adds or drops at most {@value #MOST_PARTITIONS} partitions.
 *
 * @param <R> the record
 */
public final class AthenaTable<R> {
    /** The longest statement that Athena takes, in UTF-8. */
    public static final int MOST_BYTES = 262_144;

    static final int MOST_PARTITIONS = 100;
    private static final int MOST_COMMENT = 255;

    private final TableName name;
    private final Schema<R> schema;
    private final LakeLocation location;
    private final Format format;
    private final Map<String, String> properties;

    /** The format of a table's files. */
    public enum Format {
        JSON("""
                ROW FORMAT SERDE
                  'org.openx.data.jsonserde.JsonSerDe'
                STORED AS INPUTFORMAT
                  'org.apache.hadoop.mapred.TextInputFormat'
                OUTPUTFORMAT
                  'org.apache.hadoop.hive.ql.io.IgnoreKeyTextOutputFormat'
                """),
        PARQUET("STORED AS PARQUET\n");

        private final String clause;

        Format(String clause) {
            this.clause = clause;
        }
    }

    private AthenaTable(
            TableName name, Schema<R> schema, LakeLocation location, Format format, Map<String, String> properties) {
        this.name = name;
        this.schema = schema;
        this.location = location;
        this.format = format;
        this.properties = properties;
    }

    /**
     * A table over JSON lines, read with the OpenX SerDe.
     *
     * @throws IllegalArgumentException naming all that keeps the schema and the layout from being a table
     */
    public static <R> AthenaTable<R> json(TableName name, Schema<R> schema, LakeLocation location) {
        return of(name, schema, location, Format.JSON);
    }

    /** A table over Parquet; see {@link #json}. */
    public static <R> AthenaTable<R> parquet(TableName name, Schema<R> schema, LakeLocation location) {
        return of(name, schema, location, Format.PARQUET);
    }

    private static <R> AthenaTable<R> of(TableName name, Schema<R> schema, LakeLocation location, Format format) {
        List<String> problems = new ArrayList<>();
        List<PartitionColumn> partitionColumns = location.layout().columns();
        if (partitionColumns.isEmpty()) {
            problems.add("the layout %s has no columns (write column=!{timestamp:…})"
                    .formatted(location.layout().template()));
        }
        for (PartitionColumn column : partitionColumns) {
            if (schema.column(column.name()).isPresent()) {
                problems.add("column %s is in the schema and in the layout (rename one)".formatted(column.name()));
            }
        }
        for (Column<R, ?> column : schema.columns()) {
            if (column.comment().length() > MOST_COMMENT) {
                problems.add("the comment of column %s has %d characters (at most %d)"
                        .formatted(column.name(), column.comment().length(), MOST_COMMENT));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Invalid table %s: %s".formatted(name, String.join("; ", problems)));
        }
        return new AthenaTable<>(name, schema, location, format, Map.of());
    }

    /** The same table, whose partitions Athena computes. */
    public AthenaTable<R> withProjection(Projection projection) {
        return new AthenaTable<>(name, schema, location, format, projection.properties(location));
    }

    public TableName name() {
        return name;
    }

    public Schema<R> schema() {
        return schema;
    }

    public LakeLocation location() {
        return location;
    }

    public Format format() {
        return format;
    }

    /** The table's properties: those of its projection, if it has one. */
    public Map<String, String> properties() {
        return new LinkedHashMap<>(properties);
    }

    /** Creates the table; fails when there is one. */
    public Query create() {
        return create("CREATE EXTERNAL TABLE ");
    }

    /** Creates the table, or leaves the one that is there as it is. */
    public Query createIfMissing() {
        return create("CREATE EXTERNAL TABLE IF NOT EXISTS ");
    }

    private Query create(String verb) {
        StringBuilder ddl = new StringBuilder(verb).append(HiveText.name(name)).append("(\n");
        ddl.append(schema.columns().stream().map(AthenaTable::declaration).collect(Collectors.joining(",\n")));
        ddl.append(")\nPARTITIONED BY (\n");
        ddl.append(location.layout().columns().stream()
                .map(column -> "  %s %s".formatted(HiveText.name(column.name()), column.hiveType()))
                .collect(Collectors.joining(",\n")));
        ddl.append(")\n").append(format.clause);
        ddl.append("LOCATION\n  ").append(HiveText.literal("location", location.table()));
        if (!properties.isEmpty()) {
            ddl.append("\nTBLPROPERTIES (\n");
            ddl.append(properties.entrySet().stream()
                    .map(property -> "  %s = %s"
                            .formatted(
                                    HiveText.literal("property", property.getKey()),
                                    HiveText.literal("property", property.getValue())))
                    .collect(Collectors.joining(",\n")));
            ddl.append(")");
        }
        return checked(ddl.toString());
    }

    private static String declaration(Column<?, ?> column) {
        String declaration =
                "  %s %s".formatted(HiveText.name(column.name()), column.type().hiveType());
        return column.comment().isEmpty()
                ? declaration
                : declaration + " COMMENT " + HiveText.literal("comment of column " + column.name(), column.comment());
    }

    /** Adds partitions that are not there yet, in as many statements as it takes; none for none. */
    public List<Query> addPartitions(Collection<Partition> partitions) {
        return altered(
                " ADD IF NOT EXISTS",
                "",
                partitions.stream()
                        .map(partition -> "\n  %s LOCATION %s"
                                .formatted(
                                        specification(partition), HiveText.literal("location", location.of(partition))))
                        .toList());
    }

    /** Drops partitions as far as they are there, in as many statements as it takes; their files stay. */
    public List<Query> dropPartitions(Collection<Partition> partitions) {
        return altered(
                " DROP IF EXISTS",
                ",",
                partitions.stream()
                        .map(partition -> "\n  " + specification(partition))
                        .toList());
    }

    private String specification(Partition partition) {
        List<PartitionColumn> columns =
                partition.values().stream().map(PartitionValue::column).toList();
        if (!columns.equals(location.layout().columns())) {
            throw new IllegalArgumentException(
                    "Cannot name partition %s of table %s: its columns are %s (must be of %s)"
                            .formatted(partition, name, columns, location.layout()));
        }
        return partition.values().stream()
                .map(value -> "%s = %s".formatted(HiveText.name(value.column().name()), value.sql()))
                .collect(Collectors.joining(", ", "PARTITION (", ")"));
    }

    private List<Query> altered(String action, String separator, List<String> clauses) {
        String start = "ALTER TABLE " + HiveText.name(name) + action;
        List<Query> statements = new ArrayList<>();
        for (int from = 0; from < clauses.size(); from += MOST_PARTITIONS) {
            List<String> chunk = clauses.subList(from, Math.min(from + MOST_PARTITIONS, clauses.size()));
            statements.add(checked(start + String.join(separator, chunk)));
        }
        return statements;
    }

    /** Adds all partitions that lie in the lake. Grows slower with their number and removes none. */
    public Query repair() {
        return Query.of("MSCK REPAIR TABLE " + HiveText.name(name));
    }

    /** Lists the partitions that were added, one path a row. */
    public Query showPartitions() {
        return Query.of("SHOW PARTITIONS " + HiveText.name(name));
    }

    /** Drops the table, if it is there; its files stay. */
    public Query drop() {
        return Query.of("DROP TABLE IF EXISTS " + HiveText.name(name));
    }

    private Query checked(String ddl) {
        Query statement = Query.of(ddl);
        int bytes = statement.sqlBytes();
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "Cannot write a statement of %d bytes for table %s (at most %d; shorten comments and paths)"
                            .formatted(bytes, name, MOST_BYTES));
        }
        return statement;
    }

    @Override
    public String toString() {
        return name + " at " + location.table();
    }
}
