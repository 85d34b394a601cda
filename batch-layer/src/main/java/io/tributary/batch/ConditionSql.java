package io.tributary.batch;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.InvalidValueException;
import io.tributary.schema.Schema;
import io.tributary.view.Condition;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Conditions on records as SQL, their literals as bind variables: texts, integers or decimals. */
final class ConditionSql {
    private final Schema<?> schema;
    private final Function<Column<?, ?>, Field<?>> values;

    /** @param values the comparable value of a column */
    ConditionSql(Schema<?> schema, Function<Column<?, ?>, Field<?>> values) {
        this.schema = schema;
        this.values = values;
    }

    org.jooq.Condition of(Condition condition) {
        if (condition instanceof Condition.Compare compare) {
            return compared(compare, column(compare.column()));
        }
        if (condition instanceof Condition.IsNull isNull) {
            return values.apply(column(isNull.column())).isNull();
        }
        if (condition instanceof Condition.And) {
            return DSL.and(terms(condition));
        }
        if (condition instanceof Condition.Or) {
            return DSL.or(terms(condition));
        }
        return DSL.not(of(((Condition.Not) condition).condition()));
    }

    /** The terms of one operator, however it is nested in itself. */
    private List<org.jooq.Condition> terms(Condition nested) {
        List<org.jooq.Condition> terms = new ArrayList<>();
        Deque<Condition> open = new ArrayDeque<>(List.of(nested));
        while (!open.isEmpty()) {
            Condition next = open.pop();
            if (next.getClass() != nested.getClass()) {
                terms.add(of(next));
            } else if (next instanceof Condition.And and) {
                open.push(and.right());
                open.push(and.left());
            } else if (next instanceof Condition.Or or) {
                open.push(or.right());
                open.push(or.left());
            }
        }
        return terms;
    }

    private Column<?, ?> column(String name) {
        return schema.column(name)
                .<Column<?, ?>>map(column -> column)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Invalid condition on %s (must be one of %s)".formatted(name, schema.columns())));
    }

    private org.jooq.Condition compared(Condition.Compare compare, Column<?, ?> column) {
        Field<Object> value = values.apply(column).coerce(Object.class);
        Field<Object> literal = literal(compare, column.type());
        return switch (compare.comparison()) {
            case EQUAL -> value.eq(literal);
            case LESS -> value.lt(literal);
            case AT_MOST -> value.le(literal);
            case GREATER -> value.gt(literal);
            case AT_LEAST -> value.ge(literal);
        };
    }

    private static <V> Field<Object> literal(Condition.Compare compare, ColumnType<V> type) {
        V value;
        try {
            value = type.javaType().isInstance(compare.literal())
                    ? type.normalize(type.javaType().cast(compare.literal()))
                    : type.parse(compare.literal().toString());
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(
                    "Invalid condition %s: %s must be %s".formatted(compare, e.value(), e.requirement()), e);
        }
        Field<?> bound;
        if (value instanceof Integer || value instanceof Long || value instanceof BigDecimal) {
            bound = DSL.val(value);
        } else if (type.hiveType().equals("string")) {
            bound = DSL.val(type.format(value));
        } else {
            String text = type.format(value);
            bound = DSL.val(type.hiveType().equals("timestamp") ? text.replace('T', ' ') : text)
                    .cast(Sql.storedType(type));
        }
        return bound.coerce(Object.class);
    }
}
