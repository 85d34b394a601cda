package io.tributary.batch;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.query.Query;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionColumn;
import io.tributary.partition.PartitionPredicate;
import io.tributary.schema.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Copies partitions of a table to another place or format, such as JSON to Parquet, with the values
 * as they are stored. Athena writes at most {@value #MOST_PARTITIONS} partitions a statement, so a
 * copy is several; run them in order. A statement that failed may have written some of its files.
 *
 * <p>Athena names the directories of int columns without padding, {@code hour=6}, and registers them
 * so; only a table with a projection is written at the paths of its layout.
 *
 * @param <R> the record
 */
public final class PartitionCopy<R> {
    static final int MOST_PARTITIONS = 100;

    private final AthenaTable<R> source;
    private final AthenaTable<R> target;

    private PartitionCopy(AthenaTable<R> source, AthenaTable<R> target) {
        this.source = source;
        this.target = target;
    }

    /**
     * A copy of one table's partitions to another.
     *
     * @throws IllegalArgumentException when the tables differ in their columns, or are at the same place
     */
    public static <R> PartitionCopy<R> of(AthenaTable<R> source, AthenaTable<R> target) {
        if (!source.schema().columns().equals(target.schema().columns())
                || !partitionColumns(source).equals(partitionColumns(target))) {
            throw new IllegalArgumentException(
                    "Cannot copy %s to %s: their columns differ (must be of one schema and one kind of layout)"
                            .formatted(source, target));
        }
        if (source.name().equals(target.name())
                || source.location().table().equals(target.location().table())) {
            throw new IllegalArgumentException(
                    "Cannot copy %s to %s: they are at the same place (choose another)".formatted(source, target));
        }
        return new PartitionCopy<>(source, target);
    }

    private static List<PartitionColumn> partitionColumns(AthenaTable<?> table) {
        return table.location().layout().columns();
    }

    /**
     * Creates the target and copies the partitions that overlap {@code [from, to)} of ingest time. The
     * target's directory must be empty; the new table has no comments.
     */
    public List<Query> create(Instant from, Instant to) {
        List<Query> statements = new ArrayList<>();
        for (Select<?> chunk : chunks(from, to)) {
            statements.add(AthenaSql.inlined(statements.isEmpty() ? creation(chunk) : insertion(chunk)));
        }
        return statements;
    }

    /** Copies into the target, which is there already and keeps what it holds. */
    public List<Query> insert(Instant from, Instant to) {
        return chunks(from, to).stream()
                .map(chunk -> AthenaSql.inlined(insertion(chunk)))
                .toList();
    }

    /** Copies the partitions that a predicate selects, which are not too many, by one statement. */
    Query insert(PartitionPredicate partitions) {
        return AthenaSql.inlined(insertion(select(partitions)));
    }

    /** Copies to files of no table: each statement into a new directory below the target's, from {@code 00001} on. */
    public List<Query> unload(Instant from, Instant to) {
        List<Query> statements = new ArrayList<>();
        for (Select<?> chunk : chunks(from, to)) {
            String directory =
                    String.format(Locale.ROOT, "%s/%05d/", target.location().table(), statements.size() + 1);
            statements.add(AthenaSql.inlined(DSL.query(
                    "unload ({0}) to {1} with (format = {2}, partitioned_by = {3})",
                    chunk, DSL.inline(directory), format(), partitionedBy())));
        }
        return statements;
    }

    private QueryPart creation(Select<?> chunk) {
        return DSL.query(
                "create table {0} with (format = {1}, external_location = {2}, partitioned_by = {3}) as {4}",
                AthenaSql.table(target.name()),
                format(),
                DSL.inline(target.location().table() + "/"),
                partitionedBy(),
                chunk);
    }

    private QueryPart insertion(Select<?> chunk) {
        return DSL.insertInto(AthenaSql.table(target.name()))
                .columns(chunk.getSelect().stream()
                        .map(field -> DSL.field(field.getUnqualifiedName()))
                        .toList())
                .select(chunk);
    }

    private Field<String> format() {
        return DSL.inline(target.format().name());
    }

    private Field<?> partitionedBy() {
        List<Field<?>> names = new ArrayList<>();
        partitionColumns(source).forEach(column -> names.add(DSL.inline(column.name())));
        return DSL.field("array[{0}]", SQLDataType.OTHER, DSL.list(names));
    }

    private List<Select<Record>> chunks(Instant from, Instant to) {
        List<Partition> partitions = source.location().layout().partitions(from, to);
        List<Select<Record>> chunks = new ArrayList<>();
        for (int first = 0; first < partitions.size(); first += MOST_PARTITIONS) {
            int last = Math.min(first + MOST_PARTITIONS, partitions.size()) - 1;
            chunks.add(select(source.location()
                    .layout()
                    .predicate(
                            partitions.get(first).start(), partitions.get(last).end())));
        }
        return chunks;
    }

    private Select<Record> select(PartitionPredicate partitions) {
        Name relation = DSL.name(source.name().table());
        List<Field<?>> fields = new ArrayList<>();
        for (Column<R, ?> column : source.schema().columns()) {
            fields.add(Sql.stored(relation, column));
        }
        for (PartitionColumn column : partitionColumns(source)) {
            fields.add(DSL.field(relation.append(column.name())));
        }
        return DSL.select(fields).from(AthenaSql.table(source.name())).where(SourceSql.condition(partitions, relation));
    }
}
