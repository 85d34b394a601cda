package io.tributary.batch.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements that Athena takes in Hive's dialect, on a Trino, which has others for them. All else goes
 * to Trino as it is. It reads the forms that the library writes, which Hive's own parser checks elsewhere.
 * The partitions of a table with a projection are found anew before each statement.
 */
final class HiveDdl implements SqlBackend {
    private static final String NAME = "`?([a-z0-9_]+)`?";
    private static final String TABLE = "(?:" + NAME + "\\.)?" + NAME;
    private static final Pattern CREATE_DATABASE = pattern("create (?:database|schema) (if not exists )?" + NAME);
    private static final Pattern CREATE_TABLE = pattern("create external table (if not exists )?" + TABLE
            + "\\s*\\((.*)\\)\\s*partitioned by\\s*\\((.*?)\\)\\s*(row format serde|stored as parquet)"
            + "(.*?)location\\s+'([^']*)'(.*)");
    private static final Pattern REPAIR = pattern("msck repair table " + TABLE);
    private static final Pattern ALTER = pattern("alter table " + TABLE + " (add if not exists|drop if exists)(.*)");
    private static final Pattern SHOW = pattern("show partitions " + TABLE);
    private static final Pattern DROP = pattern("drop table (if exists )?" + TABLE);
    private static final Pattern COLUMN =
            Pattern.compile("`([^`]+)`\\s+([a-z]+(?:\\([0-9, ]+\\))?)(?:\\s+COMMENT\\s+'(?:[^'\\\\]|\\\\.)*')?");
    private static final Pattern PARTITION =
            Pattern.compile("PARTITION\\s*\\(([^)]*)\\)(?:\\s*LOCATION\\s*'([^']*)')?");
    private static final Pattern SEGMENT = Pattern.compile("/([a-z_]+)=([^/]+)(?=/)");
    private static final Map<String, String> TYPES =
            Map.of("string", "varchar", "int", "integer", "timestamp", "timestamp(3)");

    private final SqlBackend trino;
    private final Consumer<URI> directories;
    private final Set<List<String>> projected = ConcurrentHashMap.newKeySet();

    /** @param directories makes one; Trino, unlike Athena, wants that of a table to be there */
    HiveDdl(SqlBackend trino, Consumer<URI> directories) {
        this.trino = trino;
        this.directories = directories;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    @Override
    public Result run(@Nullable String database, String sql, List<String> parameters) throws Exception {
        Matcher statement = CREATE_DATABASE.matcher(sql.strip());
        if (statement.matches()) {
            return ddl("create schema %s%s"
                    .formatted(statement.group(1) == null ? "" : "if not exists ", statement.group(2)));
        }
        if (statement.usePattern(CREATE_TABLE).matches()) {
            return createTable(database, statement);
        }
        if (statement.usePattern(REPAIR).matches()) {
            return sync(database(database, statement.group(1)), statement.group(2), "ADD");
        }
        if (statement.usePattern(ALTER).matches()) {
            return alter(database, statement);
        }
        if (statement.usePattern(SHOW).matches()) {
            return partitions(database(database, statement.group(1)), statement.group(2));
        }
        if (statement.usePattern(DROP).matches()) {
            String schema = database(database, statement.group(2));
            projected.remove(List.of(schema, statement.group(3)));
            return ddl("drop table %s%s.%s"
                    .formatted(statement.group(1) == null ? "" : "if exists ", schema, statement.group(3)));
        }
        for (List<String> table : projected) {
            sync(table.get(0), table.get(1), "FULL");
        }
        return trino.run(database, sql, parameters);
    }

    private static String database(@Nullable String current, @Nullable String named) {
        if (named == null && current == null) {
            throw new IllegalArgumentException("FAILED: SemanticException No database is given");
        }
        return named == null ? String.valueOf(current) : named;
    }

    /** What Athena tells of a DDL is empty. */
    private Result ddl(String sql) throws Exception {
        trino.run(null, sql, List.of());
        return new Result(List.of(), List.of(), 0);
    }

    private Result createTable(@Nullable String current, MatchResult create) throws Exception {
        String schema = database(current, create.group(2));
        List<String> columns = columns(create.group(4));
        List<String> partitionColumns = columns(create.group(5));
        columns.addAll(partitionColumns);
        String partitionedBy = partitionColumns.stream()
                .map(column -> "'%s'".formatted(column.substring(1, column.indexOf('"', 1))))
                .collect(Collectors.joining(", "));
        boolean parquet = create.group(6).toLowerCase(Locale.ROOT).contains("parquet");
        if (create.group(9).contains("'projection.enabled' = 'true'")) {
            projected.add(List.of(schema, create.group(3)));
        }
        directories.accept(URI.create(create.group(8)));
        return ddl(
                "create table %s%s.%s (%s) with (format = '%s', external_location = '%s', partitioned_by = array[%s])"
                        .formatted(
                                create.group(1) == null ? "" : "if not exists ",
                                schema,
                                create.group(3),
                                String.join(", ", columns),
                                parquet ? "PARQUET" : "OPENX_JSON",
                                create.group(8).replaceFirst("^s3:", "s3a:"),
                                partitionedBy));
    }

    private static List<String> columns(String declarations) {
        return COLUMN.matcher(declarations)
                .results()
                .map(column ->
                        "\"%s\" %s".formatted(column.group(1), TYPES.getOrDefault(column.group(2), column.group(2))))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private Result sync(String schema, String table, String mode) throws Exception {
        return ddl("call hive.system.sync_partition_metadata('%s', '%s', '%s')".formatted(schema, table, mode));
    }

    private Result alter(@Nullable String current, MatchResult alter) throws Exception {
        String schema = database(current, alter.group(1));
        boolean add = alter.group(3).toLowerCase(Locale.ROOT).startsWith("add");
        Set<String> there = new LinkedHashSet<>();
        partitions(schema, alter.group(2)).rows().forEach(row -> there.add(String.valueOf(row.get(0))));
        for (MatchResult partition : PARTITION.matcher(alter.group(4)).results().toList()) {
            String values = Arrays.stream(partition.group(1).split(",", -1))
                    .map(value -> value.replaceAll("[\\s`']", ""))
                    .collect(Collectors.joining("/"));
            if (add == there.contains(values)) {
                continue;
            }
            if (!add) {
                throw new IllegalArgumentException("This server drops no partitions, such as " + values);
            }
            List<MatchResult> segments =
                    SEGMENT.matcher(partition.group(2)).results().toList();
            ddl("call hive.system.register_partition('%s', '%s', array[%s], array[%s], '%s')"
                    .formatted(
                            schema,
                            alter.group(2),
                            quoted(segments, 1),
                            quoted(segments, 2),
                            partition.group(2).replaceFirst("^s3:", "s3a:").replaceFirst("/$", "")));
        }
        return new Result(List.of(), List.of(), 0);
    }

    private static String quoted(List<MatchResult> segments, int group) {
        return segments.stream()
                .map(segment -> "'%s'".formatted(segment.group(group)))
                .collect(Collectors.joining(", "));
    }

    private Result partitions(String schema, String table) throws Exception {
        Result found = trino.run(
                null, "select * from %s.\"%s$partitions\" order by 1, 2, 3, 4".formatted(schema, table), List.of());
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable String> row : found.rows()) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(found.columns().get(i) + "=" + row.get(i));
            }
            rows.add(List.of(String.join("/", values)));
        }
        return new Result(List.of("partition"), rows, 0);
    }
}
