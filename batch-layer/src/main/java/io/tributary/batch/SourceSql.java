package io.tributary.batch;

import io.tributary.partition.PartitionPredicate;
import io.tributary.partition.PartitionValue;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
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
    /** What is selected of records that are only counted. */
    private static final Name NOTHING = DSL.name("_nothing");

    private static final Name STORED = DSL.name("stored");
    private static final Name KNOWN = DSL.name("known");
    /** The path from which DuckDB has a record; its name begins as no column's does. */
    static final Name FILE = DSL.name("_file");

    /** The column of {@link #selectSets} that tells the set. */
    static final Name SET = DSL.name("_set");

    private static final Pattern PATTERN_CHARACTER = Pattern.compile("[*?\\[]");

    private final Sql sql;
    private final boolean swift;

    SourceSql(Sql sql) {
        this(sql, false);
    }

    private SourceSql(Sql sql, boolean swift) {
        this.sql = sql;
        this.swift = swift;
    }

    /** Reads JSON lines as fast as it can be done, or fails where that is not exact. */
    static SourceSql swift(Sql sql) {
        return new SourceSql(sql, true);
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
        return (source instanceof LakeFiles files ? select(files, columns) : select((Source.JsonFiles) source, columns))
                .asTable(STORED);
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

    /** JSON lines as stored columns. */
    Select<Record> select(Source.JsonFiles source, Collection<? extends Column<?, ?>> columns) {
        return select(source.files(), columns, List.of());
    }

    /** The files of a lake as stored columns. */
    Select<Record> select(LakeFiles source, Collection<? extends Column<?, ?>> columns) {
        List<Select<Record>> forms = new ArrayList<>();
        if (!source.json().isEmpty()) {
            forms.add(select(source.json(), columns, List.of()));
        }
        source.parquet().forEach((present, files) -> forms.add(select(files, present, columns)));
        return forms.stream().reduce(Select::unionAll).orElseThrow();
    }

    /** JSON lines of some sets of files as stored columns, and the set of each line, counted from 0. */
    Select<Record> selectSets(List<List<Path>> sets, Collection<? extends Column<?, ?>> columns) {
        List<Field<?>> known = new ArrayList<>();
        for (int set = 0; set < sets.size(); set++) {
            for (Path file : sets.get(set)) {
                known.add(DSL.field(
                        "({0}, {1})",
                        SQLDataType.OTHER, DSL.inline(file.toAbsolutePath().toString()), DSL.inline(set)));
            }
        }
        List<Path> files = sets.stream().flatMap(List::stream).toList();
        List<Field<?>> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(Sql.stored(STORED, column)));
        fields.add(DSL.field(KNOWN.append(SET)));
        return DSL.select(fields)
                .from(select(files, columns, List.of(DSL.field(FILE))).asTable(STORED))
                .join(DSL.table("(values {0})", DSL.list(known)).as(KNOWN, FILE, SET))
                .on(DSL.field(STORED.append(FILE)).eq(DSL.field(KNOWN.append(FILE))));
    }

    /** @param more nothing, or the file of each line */
    private Select<Record> select(List<Path> files, Collection<? extends Column<?, ?>> columns, List<Field<?>> more) {
        if (!sql.isDuckDb()) {
            throw new IllegalArgumentException(
                    "Cannot read files of JSON lines on %s (name the table of its catalogue)".formatted(sql.dialect()));
        }
        return swift && !columns.isEmpty()
                ? JsonSql.swift(paths(files), columns, more)
                : JsonSql.exact(paths(files), columns, more);
    }

    /** The selected partitions of a table as stored columns. */
    private Select<Record> select(Source.Table table, Collection<? extends Column<?, ?>> columns) {
        List<Field<?>> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(Sql.stored(relation(table), column)));
        return DSL.select(orNothing(fields)).from(table(table, columns)).where(partitions(table));
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
        return DSL.select(orNothing(fields))
                .from(DSL.table("read_parquet({0}, hive_partitioning = false)", paths(parquet)));
    }

    /** The fields, or, for records that are only counted, something else that can be selected. */
    static List<Field<?>> orNothing(List<Field<?>> fields) {
        return fields.isEmpty() ? List.of(DSL.inline(0L).as(NOTHING)) : fields;
    }

    private static Field<?> paths(List<Path> files) {
        List<Param<String>> paths = files.stream()
                .map(file -> DSL.inline(literal(file.toAbsolutePath().toString())))
                .toList();
        return DSL.function("list_value", SQLDataType.OTHER, paths.toArray(Field<?>[]::new));
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
