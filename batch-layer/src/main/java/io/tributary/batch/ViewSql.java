package io.tributary.batch;

import io.tributary.batch.query.Dialect;
import io.tributary.batch.query.Query;
import io.tributary.schema.Column;
import io.tributary.view.Aggregate;
import io.tributary.view.EventTime;
import io.tributary.view.Measure;
import io.tributary.view.View;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.ResultQuery;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A view as SQL, from its one definition, in the dialect of an engine.
 *
 * <p>{@link #slices} asks for the view's partials, of which core's assembler makes windows, rollups and
 * rankings; {@link #answer} is the whole question as a person would write it, for the views that are
 * one SELECT. Names are quoted and values escaped by jOOQ. In Athena, times have the precision of the
 * table's timestamps, which is milliseconds.
 *
 * @param <R> the record
 */
public final class ViewSql<R> {
    private static final Name RECORDS = DSL.name("records");
    /** Its name begins as no column's does. */
    private static final Name SLICE = DSL.name("_slice");

    private final View<R> view;
    private final Sql sql;
    private final SourceSql sources;
    private final @Nullable RecordCounts counts;

    private ViewSql(View<R> view, Sql sql, SourceSql sources, @Nullable RecordCounts counts) {
        this.view = view;
        this.sql = sql;
        this.sources = sources;
        this.counts = counts;
    }

    public static <R> ViewSql<R> of(View<R> view, Dialect dialect) {
        Sql sql = new Sql(dialect);
        return new ViewSql<>(view, sql, new SourceSql(sql), null);
    }

    /** The same whose rows end, each of them, with the counts of all that was read, fast where that is exact. */
    static <R> ViewSql<R> counting(View<R> view, Dialect dialect, RecordCounts counts) {
        Sql sql = new Sql(dialect);
        return new ViewSql<>(view, sql, SourceSql.swift(sql), counts);
    }

    /**
     * The view's slices: the first second, the dimensions and the states of the aggregates, each as the
     * text that the view's {@link View#codec() codec} parses.
     */
    public Query slices(Source source) {
        boolean sliced = view.window().eventTime().isPresent();
        Field<Long> slice = DSL.field(RECORDS.append(SLICE), Long.class);
        List<Field<?>> keys = new ArrayList<>();
        List<Field<?>> texts = new ArrayList<>();
        if (sliced) {
            keys.add(slice);
        }
        texts.add((sliced ? Sql.text(slice) : DSL.inline("0")).as(SLICE));
        for (Column<R, ?> dimension : view.dimensions()) {
            keys.add(valueOf(dimension));
            texts.add(Sql.text(valueOf(dimension)).as(dimension.name()));
        }
        AggregateSql aggregates = new AggregateSql(sql, ViewSql::valueOf);
        int number = 1;
        for (Aggregate<R, ?> aggregate : view.aggregates()) {
            texts.add(aggregates.state(aggregate).as("_state_" + number++));
        }
        addCounts(texts, RECORDS);
        return query(grouped(texts, records(source), DSL.noCondition(), keys, List.of()));
    }

    /** A column of the records, whose values compare as their type does. */
    private static Field<?> valueOf(Column<?, ?> column) {
        return DSL.field(
                RECORDS.append(column.name()),
                Sql.value(column, Sql.stored(RECORDS, column)).getDataType());
    }

    /** The source's records: their slices and the columns that the view needs, as values. */
    private Table<?> records(Source source) {
        Set<Column<R, ?>> needed = inputs(counts != null);
        Name relation = sources.relation(source);
        List<Field<?>> fields = new ArrayList<>();
        view.window()
                .eventTime()
                .ifPresent(time -> fields.add(slice(time, relation).as(SLICE)));
        for (Column<R, ?> column : needed) {
            fields.add(Sql.value(column, Sql.stored(relation, column)).as(column.name()));
        }
        if (fields.isEmpty()) {
            fields.add(DSL.inline(0L).as(SLICE));
        }
        return DSL.select(fields)
                .from(sources.table(source, inputs(true)))
                .where(sources.records(source, view.schema()))
                .asTable(RECORDS);
    }

    private Field<Long> slice(EventTime<R> time, Name relation) {
        Field<?> stored = Sql.stored(relation, time.column());
        ZoneId zone = time.zone();
        Field<Long> second;
        if (zone == null) {
            second = sql.second(stored);
        } else if (zone.getRules().isFixedOffset()) {
            long offset = zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds();
            second = offset == 0 ? sql.second(stored) : sql.second(stored).plus(DSL.inline(offset));
        } else {
            second = sql.second(sql.inZone(stored, zone.getId()));
        }
        return Sql.slice(second, view.window().sliceSeconds());
    }

    /** The columns that the view reads, in the schema's order. */
    Set<Column<R, ?>> inputs(boolean withEventTime) {
        Set<Column<R, ?>> read = new LinkedHashSet<>(view.dimensions());
        view.aggregates().forEach(aggregate -> read.addAll(aggregate.columns()));
        if (withEventTime) {
            view.window().eventTime().ifPresent(time -> read.add(time.column()));
        }
        Set<Column<R, ?>> ordered = new LinkedHashSet<>(view.schema().columns());
        ordered.retainAll(read);
        return ordered;
    }

    /**
     * The view's rows as one SELECT, with the names and in the order of the view's columns.
     *
     * @throws IllegalArgumentException when the view is more than that: it has windows, a rollup, a having
     *     condition or a ranking, or a measure that is more than an aggregate of SQL
     */
    public Query answer(Source source) {
        checkSimple();
        Name relation = sources.relation(source);
        AggregateSql aggregates = new AggregateSql(sql, column -> Sql.value(column, Sql.stored(relation, column)));
        List<Field<?>> keys = new ArrayList<>();
        List<Field<?>> columns = new ArrayList<>();
        List<SortField<?>> order = new ArrayList<>();
        for (Column<R, ?> dimension : view.dimensions()) {
            Field<?> value = Sql.value(dimension, Sql.stored(relation, dimension));
            keys.add(value);
            columns.add(value.as(dimension.name()));
            order.add(DSL.field(DSL.name(dimension.name())).asc().nullsFirst());
        }
        for (Map.Entry<String, Measure<R, ?>> measure : view.measures().entrySet()) {
            Field<?> value = aggregates.value(measure.getValue().aggregates().get(0));
            columns.add(value.as(measure.getKey()));
            if (view.descendingBy().filter(measure.getKey()::equals).isPresent()) {
                order.add(0, DSL.field(DSL.name(measure.getKey())).desc().nullsLast());
            }
        }
        addCounts(columns, relation);
        return query(grouped(
                columns, sources.table(source, inputs(false)), sources.records(source, view.schema()), keys, order));
    }

    /** The counts of the groups, summed up over all of them. */
    private void addCounts(List<Field<?>> columns, Name relation) {
        if (counts != null) {
            int number = 1;
            for (Field<Integer> count : counts.fields(column -> DSL.field(relation.append(column.name())))) {
                columns.add(DSL.sum(count).over().as("_count_" + number++));
            }
        }
    }

    void checkSimple() {
        List<String> problems = new ArrayList<>();
        if (view.window().eventTime().isPresent()) {
            problems.add("windows");
        }
        if (view.isRollup()) {
            problems.add("a rollup");
        }
        if (view.having().isPresent()) {
            problems.add("a having condition");
        }
        if (view.top().isPresent()) {
            problems.add("a ranking");
        }
        view.measures().forEach((name, measure) -> {
            if (!AggregateSql.isOneAggregate(measure)) {
                problems.add("the measure %s, %s".formatted(name, measure));
            }
        });
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Cannot write view %s as one SELECT: it has %s (build its batch view)"
                    .formatted(view.name(), String.join(", ", problems)));
        }
    }

    /** Without keys, no record makes no row, as everywhere else. */
    private static ResultQuery<?> grouped(
            List<Field<?>> columns, Table<?> from, Condition where, List<Field<?>> keys, List<SortField<?>> order) {
        return keys.isEmpty()
                ? DSL.select(columns).from(from).where(where).having(DSL.count().gt(DSL.inline(0)))
                : DSL.select(columns).from(from).where(where).groupBy(keys).orderBy(order);
    }

    private Query query(ResultQuery<?> select) {
        return Query.of(sql.render().renderInlined(select));
    }
}
