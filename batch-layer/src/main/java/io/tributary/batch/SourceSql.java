package io.tributary.batch;

import io.tributary.partition.PartitionPredicate;
import io.tributary.partition.PartitionValue;
import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Sources as SQL: relations of stored columns, and conditions on partitions. */
final class SourceSql {
    /** Its name begins as no column's does. */
    private static final Name LINE = DSL.name("_line");

    /** What is selected of records that are only counted. */
    private static final Name NOTHING = DSL.name("_nothing");

    private static final Name LINES = DSL.name("lines");
    private static final Name STORED = DSL.name("stored");
    /** Each thread reserves twice as much; a line of the lake has at most 1 MiB. */
    private static final int MOST_LINE_BYTES = 2 << 20;

    private static final Pattern PATTERN_CHARACTER = Pattern.compile("[*?\\[]");

    private final Sql sql;

    SourceSql(Sql sql) {
        this.sql = sql;
    }

    /** The relation in which a source's columns are found. */
    Name relation(Source source) {
        return source instanceof Source.Table table
                ? DSL.name(table.qualifiedName().get(table.qualifiedName().size() - 1))
                : STORED;
    }

    Table<?> table(Source source, Collection<? extends Column<?, ?>> columns) {
        if (source instanceof Source.Table table) {
            return DSL.table(DSL.name(table.qualifiedName()));
        }
        if (source instanceof Source.Tables all) {
            return all.tables().stream()
                    .map(table -> select(table, columns))
                    .reduce(Select::unionAll)
                    .orElseThrow()
                    .asTable(STORED);
        }
        return select((Source.JsonFiles) source, columns).asTable(STORED);
    }

    Condition partitions(Source source) {
        return source instanceof Source.Table table
                ? condition(table.partitions(), relation(source))
                : DSL.noCondition();
    }

    /** Which records of a source count. */
    Condition records(Source source, Schema<?> schema) {
        if (source instanceof Source.Table table && table.condition() != null) {
            Name relation = relation(source);
            ConditionSql conditions =
                    new ConditionSql(schema, column -> Sql.value(column, Sql.stored(relation, column)));
            return partitions(source).and(conditions.of(table.condition()));
        }
        return partitions(source);
    }

    /**
     * JSON lines as stored columns. DuckDB takes every JSON number with a point for a double, which
     * would bend amounts of more than 15 digits: they are put in quotes before it parses the line, and
     * all values are cast from their texts, so that a wrong one is an error.
     */
    Select<Record> select(Source.JsonFiles source, Collection<? extends Column<?, ?>> columns) {
        if (!sql.isDuckDb()) {
            throw new IllegalArgumentException(
                    "Cannot read files of JSON lines on %s (name the table of its catalogue)".formatted(sql.dialect()));
        }
        List<Field<?>> fields = new ArrayList<>();
        for (Column<?, ?> column : columns) {
            Field<String> text = DSL.function(
                    "struct_extract",
                    SQLDataType.VARCHAR,
                    DSL.field(LINES.append(LINE), SQLDataType.OTHER),
                    DSL.inline(column.name()));
            Field<?> value =
                    column.type().hiveType().equals("string") ? text : text.cast(Sql.storedType(column.type()));
            fields.add(value.as(column.name()));
        }
        if (fields.isEmpty()) {
            fields.add(DSL.inline(0L).as(NOTHING));
        }
        return DSL.select(fields).from(parsed(source.files(), columns));
    }

    /** The selected partitions of a table as stored columns. */
    private Select<Record> select(Source.Table table, Collection<? extends Column<?, ?>> columns) {
        List<Field<?>> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(Sql.stored(relation(table), column)));
        if (fields.isEmpty()) {
            fields.add(DSL.inline(0L).as(NOTHING));
        }
        return DSL.select(fields).from(table(table, columns)).where(partitions(table));
    }

    /**
     * Parquet files as stored columns.
     *
     * @param present the columns that they have; the others are null
     */
    Select<Record> select(List<Path> parquet, Set<String> present, Collection<? extends Column<?, ?>> columns) {
        List<Field<?>> fields = new ArrayList<>();
        for (Column<?, ?> column : columns) {
            DataType<?> type = Sql.storedType(column.type());
            fields.add(
                    present.contains(column.name())
                            ? DSL.field(DSL.name(column.name()), type)
                            : DSL.castNull(type).as(column.name()));
        }
        if (fields.isEmpty()) {
            fields.add(DSL.inline(0L).as(NOTHING));
        }
        return DSL.select(fields).from(DSL.table("read_parquet({0}, hive_partitioning = false)", paths(parquet)));
    }

    private static Field<?> paths(List<Path> files) {
        List<Param<String>> paths = files.stream()
                .map(file -> DSL.inline(literal(file.toAbsolutePath().toString())))
                .toList();
        return DSL.function("list_value", SQLDataType.OTHER, paths.toArray(Field<?>[]::new));
    }

    private Table<?> parsed(List<Path> files, Collection<? extends Column<?, ?>> columns) {
        String structure = columns.stream()
                .map(column -> "\"%s\":\"VARCHAR\"".formatted(column.name()))
                .collect(Collectors.joining(",", "{", "}"));
        Field<String> line = DSL.field("cast(json as varchar)", SQLDataType.VARCHAR);
        Field<?> parsed = DSL.function("from_json", SQLDataType.OTHER, quoted(line, columns), DSL.inline(structure));
        Table<?> lines = DSL.table(
                "read_json_objects({0}, format = 'newline_delimited', hive_partitioning = false, maximum_object_size = {1})",
                paths(files), DSL.inline(MOST_LINE_BYTES));
        return DSL.select(parsed.as(LINE)).from(lines).asTable(LINES);
    }

    /** A path that DuckDB, which takes {@code * ? [} for a pattern, reads as that path and no other. */
    private static String literal(String path) {
        String literal = PATTERN_CHARACTER.matcher(path).replaceAll("[$0]");
        if (!literal.equals(path) && path.indexOf('\\') >= 0) {
            throw new IllegalArgumentException(
                    "Cannot read %s: DuckDB cannot name a path that has a \\ as well as a * ? or [ (rename its directories)"
                            .formatted(path));
        }
        return literal;
    }

    private static Field<String> quoted(Field<String> line, Collection<? extends Column<?, ?>> columns) {
        String names = columns.stream()
                .filter(column -> column.type().jsonKind() == ColumnType.JsonKind.NUMBER)
                .map(column -> column.name())
                .collect(Collectors.joining("|"));
        if (names.isEmpty()) {
            return line;
        }
        String number = "(\"(?:%s)\"\\s*:\\s*)(-?[0-9][-+.0-9eE]*)".formatted(names);
        return DSL.function(
                "regexp_replace",
                SQLDataType.VARCHAR,
                line,
                DSL.inline(number),
                DSL.inline("\\1\"\\2\""),
                DSL.inline("g"));
    }

    static Condition condition(PartitionPredicate predicate, Name relation) {
        if (predicate instanceof PartitionPredicate.All) {
            return DSL.noCondition();
        }
        if (predicate instanceof PartitionPredicate.None) {
            return DSL.falseCondition();
        }
        if (predicate instanceof PartitionPredicate.Equal equal) {
            return field(equal.value(), relation).eq(DSL.inline(equal.value().value()));
        }
        if (predicate instanceof PartitionPredicate.AtLeast atLeast) {
            return field(atLeast.low(), relation).ge(DSL.inline(atLeast.low().value()));
        }
        if (predicate instanceof PartitionPredicate.AtMost atMost) {
            return field(atMost.high(), relation).le(DSL.inline(atMost.high().value()));
        }
        if (predicate instanceof PartitionPredicate.Between between) {
            return field(between.low(), relation)
                    .between(
                            DSL.inline(between.low().value()),
                            DSL.inline(between.high().value()));
        }
        if (predicate instanceof PartitionPredicate.And and) {
            return DSL.and(
                    and.terms().stream().map(term -> condition(term, relation)).toList());
        }
        PartitionPredicate.Or or = (PartitionPredicate.Or) predicate;
        return DSL.or(or.alternatives().stream()
                .map(term -> condition(term, relation))
                .toList());
    }

    private static Field<Object> field(PartitionValue value, Name relation) {
        return DSL.field(relation.append(value.column().name()), Object.class);
    }
}
