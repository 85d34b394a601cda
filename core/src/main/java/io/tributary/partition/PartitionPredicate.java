package io.tributary.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A condition on partition columns, as a tree to walk: the batch layer makes SQL of it. Bounds are
 * inclusive. Made by {@link PartitionLayout#predicate}.
 */
public sealed interface PartitionPredicate {

    /** Whether it selects a partition. */
    boolean matches(Partition partition);

    /** The condition as SQL, in parentheses where they are needed. */
    String sql();

    /** Every partition. */
    record All() implements PartitionPredicate {
        @Override
        public boolean matches(Partition partition) {
            return true;
        }

        @Override
        public String sql() {
            return "true";
        }
    }

    /** No partition. */
    record None() implements PartitionPredicate {
        @Override
        public boolean matches(Partition partition) {
            return false;
        }

        @Override
        public String sql() {
            return "false";
        }
    }

    /** {@code column = value}. */
    record Equal(PartitionValue value) implements PartitionPredicate {
        @Override
        public boolean matches(Partition partition) {
            return compare(partition, value) == 0;
        }

        @Override
        public String sql() {
            return value.column().name() + " = " + value.sql();
        }
    }

    /** {@code column >= low}. */
    record AtLeast(PartitionValue low) implements PartitionPredicate {
        @Override
        public boolean matches(Partition partition) {
            return compare(partition, low) >= 0;
        }

        @Override
        public String sql() {
            return low.column().name() + " >= " + low.sql();
        }
    }

    /** {@code column <= high}. */
    record AtMost(PartitionValue high) implements PartitionPredicate {
        @Override
        public boolean matches(Partition partition) {
            return compare(partition, high) <= 0;
        }

        @Override
        public String sql() {
            return high.column().name() + " <= " + high.sql();
        }
    }

    /** {@code column between low and high}. */
    record Between(PartitionValue low, PartitionValue high) implements PartitionPredicate {
        public Between {
            if (!low.column().equals(high.column()) || low.compareTo(high) >= 0) {
                throw new IllegalArgumentException(
                        "Invalid bounds: %s to %s (must be of one column, the lower first)".formatted(low, high));
            }
        }

        @Override
        public boolean matches(Partition partition) {
            return compare(partition, low) >= 0 && compare(partition, high) <= 0;
        }

        @Override
        public String sql() {
            return "%s between %s and %s".formatted(low.column().name(), low.sql(), high.sql());
        }
    }

    /** All of its terms, of which there are at least two. */
    record And(List<PartitionPredicate> terms) implements PartitionPredicate {
        public And {
            terms = atLeastTwo(terms);
        }

        @Override
        public boolean matches(Partition partition) {
            return terms.stream().allMatch(term -> term.matches(partition));
        }

        @Override
        public String sql() {
            return join(terms, " and ");
        }
    }

    /** Any of its alternatives, of which there are at least two. */
    record Or(List<PartitionPredicate> alternatives) implements PartitionPredicate {
        public Or {
            alternatives = atLeastTwo(alternatives);
        }

        @Override
        public boolean matches(Partition partition) {
            return alternatives.stream().anyMatch(alternative -> alternative.matches(partition));
        }

        @Override
        public String sql() {
            return join(alternatives, " or ");
        }
    }

    /** Both conditions, as one conjunction. */
    static PartitionPredicate and(PartitionPredicate first, PartitionPredicate second) {
        if (first instanceof All || second instanceof None) {
            return second;
        }
        if (second instanceof All || first instanceof None) {
            return first;
        }
        List<PartitionPredicate> terms = new ArrayList<>();
        for (PartitionPredicate side : List.of(first, second)) {
            if (side instanceof And nested) {
                terms.addAll(nested.terms());
            } else {
                terms.add(side);
            }
        }
        return new And(terms);
    }

    private static List<PartitionPredicate> atLeastTwo(List<PartitionPredicate> terms) {
        if (terms.size() < 2) {
            throw new IllegalArgumentException(
                    "Invalid predicate: %s (must have at least two terms; use the term itself)".formatted(terms));
        }
        return List.copyOf(terms);
    }

    private static String join(List<PartitionPredicate> terms, String operator) {
        return terms.stream()
                .map(term -> term instanceof And || term instanceof Or ? "(" + term.sql() + ")" : term.sql())
                .collect(Collectors.joining(operator));
    }

    private static int compare(Partition partition, PartitionValue bound) {
        for (PartitionValue value : partition.values()) {
            if (value.column().equals(bound.column())) {
                return value.compareTo(bound);
            }
        }
        throw new IllegalArgumentException(
                "Cannot evaluate %s on %s (the partition lacks column %s; use its own layout)"
                        .formatted(bound, partition, bound.column().name()));
    }
}
