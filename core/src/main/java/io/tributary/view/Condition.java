package io.tributary.view;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.InvalidValueException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the rows of a view, by the names of their columns, in SQL's logic of three values:
 * what compares with null is unknown, and a row is kept only where the condition is true. Begin with
 * {@link #column(String)}.
 */
public sealed interface Condition extends Serializable {

    /** A condition made ready for rows of certain columns. */
    @FunctionalInterface
    interface Test {
        /** True, false or, as null, unknown. */
        @Nullable
        Boolean apply(List<@Nullable Object> values);
    }

    /**
     * Makes the condition ready for rows of these columns.
     *
     * @throws IllegalArgumentException when a column is not there or a literal is not of its type
     */
    Test over(List<ViewColumn> columns);

    /** Begins a condition on a column of the view's rows. */
    static Subject column(String name) {
        return new Subject(name);
    }

    /** Begins a condition on a dimension. */
    static Subject column(Column<?, ?> dimension) {
        return new Subject(dimension.name());
    }

    default Condition and(Condition other) {
        return new And(this, other);
    }

    default Condition or(Condition other) {
        return new Or(this, other);
    }

    default Condition negate() {
        return new Not(this);
    }

    /** A column about which something is to be said. A literal is a value of its type, or the text of one. */
    record Subject(String column) {
        public Condition isGreaterThan(Object literal) {
            return new Compare(column, Comparison.GREATER, literal);
        }

        public Condition isAtLeast(Object literal) {
            return new Compare(column, Comparison.AT_LEAST, literal);
        }

        public Condition isLessThan(Object literal) {
            return new Compare(column, Comparison.LESS, literal);
        }

        public Condition isAtMost(Object literal) {
            return new Compare(column, Comparison.AT_MOST, literal);
        }

        public Condition isEqualTo(Object literal) {
            return new Compare(column, Comparison.EQUAL, literal);
        }

        /** One of some literals. */
        public Condition isIn(Object first, Object... others) {
            List<Condition> any = new ArrayList<>();
            any.add(isEqualTo(first));
            for (Object other : others) {
                any.add(isEqualTo(other));
            }
            return anyOf(any);
        }

        /** Balanced: a chain of thousands would be too deep to be written or sent. */
        private static Condition anyOf(List<Condition> conditions) {
            if (conditions.size() == 1) {
                return conditions.get(0);
            }
            int half = (conditions.size() + 1) / 2;
            return anyOf(conditions.subList(0, half)).or(anyOf(conditions.subList(half, conditions.size())));
        }

        /** None of some literals, and not null. */
        public Condition isNotIn(Object first, Object... others) {
            return isIn(first, others).negate();
        }

        public Condition isNull() {
            return new IsNull(column);
        }

        public Condition isNotNull() {
            return isNull().negate();
        }

        private static int indexOf(String name, List<ViewColumn> columns) {
            List<String> names = columns.stream().map(ViewColumn::name).toList();
            int index = names.indexOf(name);
            if (index < 0) {
                throw new IllegalArgumentException("condition on %s (must be one of %s)".formatted(name, names));
            }
            return index;
        }
    }

    /** How a value compares with a literal. */
    enum Comparison {
        EQUAL("="),
        LESS("<"),
        AT_MOST("<="),
        GREATER(">"),
        AT_LEAST(">=");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        private boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case GREATER -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }
    }

    /** A value compares with a literal. */
    record Compare(String column, Comparison comparison, Object literal) implements Condition {
        @Override
        public Test over(List<ViewColumn> columns) {
            int index = Subject.indexOf(column, columns);
            return test(columns.get(index).type(), index);
        }

        private <V> Test test(ColumnType<V> type, int index) {
            V limit = typed(type);
            return values -> {
                Object value = values.get(index);
                return value == null
                        ? null
                        : (Boolean) comparison.holds(
                                type.order().compare(type.javaType().cast(value), limit));
            };
        }

        private <V> V typed(ColumnType<V> type) {
            try {
                return type.javaType().isInstance(literal)
                        ? type.normalize(type.javaType().cast(literal))
                        : type.parse(literal.toString());
            } catch (InvalidValueException e) {
                throw new IllegalArgumentException(
                        "condition %s: %s must be %s".formatted(this, e.value(), e.requirement()), e);
            }
        }

        @Override
        public String toString() {
            return "%s %s '%s'"
                    .formatted(column, comparison.symbol, literal.toString().replace("'", "''"));
        }
    }

    /** A value is lacking. */
    record IsNull(String column) implements Condition {
        @Override
        public Test over(List<ViewColumn> columns) {
            int index = Subject.indexOf(column, columns);
            return values -> values.get(index) == null;
        }

        @Override
        public String toString() {
            return column + " is null";
        }
    }

    /** Both hold. */
    record And(Condition left, Condition right) implements Condition {
        @Override
        public Test over(List<ViewColumn> columns) {
            Test a = left.over(columns);
            Test b = right.over(columns);
            return values -> {
                Boolean x = a.apply(values);
                Boolean y = b.apply(values);
                return Boolean.FALSE.equals(x) || Boolean.FALSE.equals(y)
                        ? Boolean.FALSE
                        : x == null || y == null ? null : Boolean.TRUE;
            };
        }

        @Override
        public String toString() {
            return "(%s and %s)".formatted(left, right);
        }
    }

    /** One of them holds. */
    record Or(Condition left, Condition right) implements Condition {
        @Override
        public Test over(List<ViewColumn> columns) {
            Test a = left.over(columns);
            Test b = right.over(columns);
            return values -> {
                Boolean x = a.apply(values);
                Boolean y = b.apply(values);
                return Boolean.TRUE.equals(x) || Boolean.TRUE.equals(y)
                        ? Boolean.TRUE
                        : x == null || y == null ? null : Boolean.FALSE;
            };
        }

        @Override
        public String toString() {
            return "(%s or %s)".formatted(left, right);
        }
    }

    /** It does not hold; what is unknown stays unknown. */
    record Not(Condition condition) implements Condition {
        @Override
        public Test over(List<ViewColumn> columns) {
            Test test = condition.over(columns);
            return values -> {
                Boolean value = test.apply(values);
                return value == null ? null : (Boolean) !value;
            };
        }

        @Override
        public String toString() {
            return "not " + condition;
        }
    }
}
