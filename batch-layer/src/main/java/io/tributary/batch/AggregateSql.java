package io.tributary.batch;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.view.Aggregate;
import io.tributary.view.Measure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Aggregates as SQL: their values, and the canonical texts of their states.
 *
 * <p>Sets and sketches collect the distinct values of a group in memory, as their states in Java do.
 */
final class AggregateSql {
    private final Sql sql;
    private final Function<Column<?, ?>, Field<?>> values;

    /** @param values the comparable value of a column */
    AggregateSql(Sql sql, Function<Column<?, ?>, Field<?>> values) {
        this.sql = sql;
        this.values = values;
    }

    /** Whether {@link #value} can write a measure: it shows one aggregate as it is. */
    static boolean isOneAggregate(Measure<?, ?> measure) {
        Aggregate<?, ?> first = measure.aggregates().get(0);
        boolean standard = measure.aggregates().size() == 1 && measure.name().equals(first.toString());
        return standard && !(first instanceof Aggregate.BottomHashes<?>);
    }

    /** The text that {@link Aggregate#parse} reads; NULL where the state is null. */
    Field<String> state(Aggregate<?, ?> aggregate) {
        if (aggregate instanceof Aggregate.Count<?>) {
            return Sql.text(DSL.nullif(value(aggregate).coerce(SQLDataType.BIGINT), DSL.inline(0L)));
        }
        if (aggregate instanceof Aggregate.ValueSet<?> set) {
            Field<String> tuple = tuple(set.columns());
            return sql.json(sql.sorted(DSL.arrayAggDistinct(tuple).filterWhere(tuple.isNotNull())));
        }
        if (aggregate instanceof Aggregate.BottomHashes<?> hashes) {
            Field<String> tuple = tuple(hashes.columns());
            Field<?> all = sql.sorted(DSL.arrayAggDistinct(sql.hash(tuple)).filterWhere(tuple.isNotNull()));
            return sql.json(sql.first(all, hashes.size()));
        }
        if (aggregate instanceof Aggregate.Latest<?, ?, ?> latest) {
            return latestState(latest);
        }
        return Sql.text(value(aggregate));
    }

    /** What a measure of nothing but this aggregate shows. */
    Field<?> value(Aggregate<?, ?> aggregate) {
        if (aggregate instanceof Aggregate.Count<?> count) {
            return count.columns().isEmpty() ? DSL.count() : DSL.count().filterWhere(allPresent(count.columns()));
        }
        if (aggregate instanceof Aggregate.Sum<?, ?> sum) {
            return sum(sum.column());
        }
        if (aggregate instanceof Aggregate.Extreme<?, ?> extreme) {
            Field<?> value = values.apply(extreme.column());
            return extreme.side() == Aggregate.Extreme.Side.MIN ? DSL.min(value) : DSL.max(value);
        }
        if (aggregate instanceof Aggregate.ValueSet<?> set) {
            return DSL.countDistinct(tuple(set.columns()));
        }
        if (aggregate instanceof Aggregate.Latest<?, ?, ?> latest) {
            return latestOf(latest, values.apply(latest.column()));
        }
        throw new IllegalArgumentException(
                "Cannot write %s as the column of a SELECT (read its slices, or count distinct values exactly)"
                        .formatted(aggregate));
    }

    private Field<?> sum(Column<?, ?> column) {
        int scale = column.type().scale();
        DataType<?> type =
                column.type().hiveType().startsWith("decimal") ? SQLDataType.DECIMAL(38, scale) : SQLDataType.BIGINT;
        Field<?> sum = DSL.aggregate("sum", type, values.apply(column));
        // DuckDB's sum of integers has 128 bits.
        return sql.isDuckDb() && type.equals(SQLDataType.BIGINT) ? sum.cast(type) : sum;
    }

    private Field<String> latestState(Aggregate.Latest<?, ?, ?> latest) {
        Field<?> value = values.apply(latest.column());
        Field<?> time = values.apply(latest.by());
        Field<?> latestTime = DSL.max(time).filterWhere(value.isNotNull());
        Field<?> both = sql.pair(Sql.text(latestTime), Sql.text(latestOf(latest, value)));
        return DSL.when(latestTime.isNotNull(), sql.json(both));
    }

    private Field<?> latestOf(Aggregate.Latest<?, ?, ?> latest, Field<?> value) {
        Field<?> time = values.apply(latest.by());
        Field<?> order = DSL.field("row({0}, {1})", SQLDataType.OTHER, time, value);
        return DSL.aggregate("max_by", value.getDataType(), value, order)
                .filterWhere(time.isNotNull().and(value.isNotNull()));
    }

    /** The tuple's text; NULL when a value is, as {@code ||} has it. */
    private Field<String> tuple(List<? extends Column<?, ?>> columns) {
        if (columns.size() == 1) {
            return tupleText(columns.get(0));
        }
        List<Field<?>> parts = new ArrayList<>();
        for (Column<?, ?> column : columns) {
            if (!parts.isEmpty()) {
                parts.add(Sql.separator());
            }
            parts.add(Sql.escaped(tupleText(column)));
        }
        return DSL.concat(parts.toArray(Field<?>[]::new));
    }

    /** DuckDB writes a decimal whose type has no digit before the point without the zero there. */
    private Field<String> tupleText(Column<?, ?> column) {
        Field<?> value = values.apply(column);
        ColumnType<?> type = column.type();
        boolean isFraction = type.javaType().equals(BigDecimal.class) && type.precision() == type.scale();
        return Sql.text(isFraction ? value.cast(SQLDataType.DECIMAL(type.precision() + 1, type.scale())) : value);
    }

    private Condition allPresent(List<? extends Column<?, ?>> columns) {
        return DSL.and(
                columns.stream().map(column -> values.apply(column).isNotNull()).toList());
    }
}
