package io.tributary.batch;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.TableName;
import io.tributary.batch.query.Query;
import io.tributary.partition.PartitionPredicate;
import io.tributary.schema.Column;
import io.tributary.view.Condition;
import io.tributary.view.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.SelectSeekStepN;
import org.jooq.SortField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT from a table, in the columns of its schema. With measures, the rows are grouped by the
 * selected columns; without, they are the records. Immutable: each method returns another query.
 *
 * <p>The literals of conditions become parameters of the statement. Conditions on the ingest time
 * become conditions on the partition columns, which stand in the statement, so that Athena reads no
 * other partition.
 *
 * @param <R> the record
 */
public final class AthenaQuery<R> {
    private final AthenaTable<R> table;
    private final List<Column<R, ?>> columns;
    private final Map<String, Measure<R, ?>> measures;
    private final @Nullable Condition where;
    private final PartitionPredicate partitions;
    private final List<SortField<?>> order;
    private final long limit;

    private AthenaQuery(
            AthenaTable<R> table,
            List<Column<R, ?>> columns,
            Map<String, Measure<R, ?>> measures,
            @Nullable Condition where,
            PartitionPredicate partitions,
            List<SortField<?>> order,
            long limit) {
        this.table = table;
        this.columns = columns;
        this.measures = measures;
        this.where = where;
        this.partitions = partitions;
        this.order = order;
        this.limit = limit;
    }

    public static <R> AthenaQuery<R> from(AthenaTable<R> table) {
        return new AthenaQuery<>(table, List.of(), Map.of(), null, new PartitionPredicate.All(), List.of(), 0);
    }

    /** Adds columns to the result. */
    @SafeVarargs
    public final AthenaQuery<R> select(Column<R, ?>... more) {
        List<Column<R, ?>> all =
                Stream.concat(columns.stream(), Stream.of(more)).toList();
        for (Column<R, ?> column : more) {
            if (table.schema().indexOf(column) < 0) {
                throw new IllegalArgumentException("Cannot select %s of %s (must be one of %s)"
                        .formatted(column, table.name(), table.schema().columns()));
            }
        }
        return new AthenaQuery<>(table, all, measures, where, partitions, order, limit);
    }

    /**
     * Adds a measure of each group to the result.
     *
     * @param name of its column
     * @throws IllegalArgumentException when it is more than one aggregate of SQL
     */
    public AthenaQuery<R> measure(String name, Measure<R, ?> measure) {
        if (!AggregateSql.isOneAggregate(measure)) {
            throw new IllegalArgumentException(
                    "Cannot select the measure %s, %s: it is more than one aggregate of SQL (build a batch view)"
                            .formatted(name, measure));
        }
        Map<String, Measure<R, ?>> all = new LinkedHashMap<>(measures);
        all.put(name, measure);
        return new AthenaQuery<>(table, columns, all, where, partitions, order, limit);
    }

    /** Keeps the records that meet a condition, and all those before it. */
    public AthenaQuery<R> where(Condition condition) {
        Condition all = where == null ? condition : where.and(condition);
        return new AthenaQuery<>(table, columns, measures, all, partitions, order, limit);
    }

    /** Keeps the records of the partitions that overlap {@code [from, to)} of ingest time. */
    public AthenaQuery<R> between(Instant from, Instant to) {
        PartitionPredicate both =
                PartitionPredicate.and(partitions, table.location().layout().predicate(from, to));
        return new AthenaQuery<>(table, columns, measures, where, both, order, limit);
    }

    /** Sorts by selected columns, after what it is sorted by already; NULL comes first. */
    @SafeVarargs
    public final AthenaQuery<R> orderBy(Column<R, ?>... by) {
        AthenaQuery<R> ordered = this;
        for (Column<R, ?> column : by) {
            ordered = ordered.orderedBy(column.name(), false);
        }
        return ordered;
    }

    /** Sorts by a selected column, the greatest first; NULL comes last. */
    public AthenaQuery<R> orderByDescending(Column<R, ?> by) {
        return orderedBy(by.name(), true);
    }

    /** Sorts by a measure, the greatest first; NULL comes last. */
    public AthenaQuery<R> orderByDescending(String measure) {
        return orderedBy(measure, true);
    }

    private AthenaQuery<R> orderedBy(String name, boolean descending) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException(
                    "Cannot sort by %s (must be one of the result's columns, %s)".formatted(name, names()));
        }
        List<SortField<?>> all = new ArrayList<>(order);
        Field<?> field = DSL.field(DSL.name(name));
        all.add(descending ? field.desc().nullsLast() : field.asc().nullsFirst());
        return new AthenaQuery<>(table, columns, measures, where, partitions, all, limit);
    }

    /** Keeps the first rows. */
    public AthenaQuery<R> limit(long rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("Invalid limit: %d (must be 1 or more)".formatted(rows));
        }
        return new AthenaQuery<>(table, columns, measures, where, partitions, order, rows);
    }

    private List<String> names() {
        return Stream.concat(columns.stream().map(Column::name), measures.keySet().stream())
                .toList();
    }

    /**
     * The statement with its parameters.
     *
     * @throws IllegalArgumentException when nothing or one name twice is selected, or the statement is too long
     */
    public Query query() {
        return AthenaSql.bound(select());
    }

    /** A view of this query in the catalogue, with the literals in its text: the one that is there is replaced. */
    public Query createView(TableName view) {
        return AthenaSql.inlined(DSL.createOrReplaceView(AthenaSql.table(view)).as(select()));
    }

    private Select<?> select() {
        List<String> names = names();
        if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("Invalid columns of a query on %s: %s (must be one or more, each once)"
                    .formatted(table.name(), names));
        }
        Name relation = DSL.name(table.name().table());
        AggregateSql aggregates = new AggregateSql(AthenaSql.SQL, column -> value(relation, column));
        List<Field<?>> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(value(relation, column).as(column.name())));
        measures.forEach((name, measure) ->
                fields.add(aggregates.value(measure.aggregates().get(0)).as(name)));
        org.jooq.Condition condition = SourceSql.condition(partitions, relation);
        if (where != null) {
            condition = condition.and(new ConditionSql(table.schema(), column -> value(relation, column)).of(where));
        }
        SelectConditionStep<Record> records =
                DSL.select(fields).from(AthenaSql.table(table.name())).where(condition);
        SelectSeekStepN<Record> sorted = measures.isEmpty() || columns.isEmpty()
                ? records.orderBy(order)
                : records.groupBy(columns.stream()
                                .map(column -> value(relation, column))
                                .toList())
                        .orderBy(order);
        return limit == 0 ? sorted : sorted.limit(DSL.inline(limit));
    }

    private static Field<?> value(Name relation, Column<?, ?> column) {
        return Sql.value(column, Sql.stored(relation, column));
    }
}
