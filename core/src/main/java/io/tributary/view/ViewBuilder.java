package io.tributary.view;

import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A view in the making; every method changes and returns it. {@link #build()} reports all that is wrong at once.
 *
 * @param <R> the record
 */
public final class ViewBuilder<R> {
    static final String WINDOW_START = "window_start";
    static final String WINDOW_END = "window_end";
    static final String RANK = "rownum";
    private static final Pattern VIEW_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,99}");
    private static final Pattern COLUMN_NAME = Pattern.compile("[a-z][a-z0-9_]{0,127}");
    private static final int MOST_ROWS = 10_000;

    final String name;
    final Schema<R> schema;
    final List<Column<R, ?>> dimensions = new ArrayList<>();
    final Map<String, Measure<R, ?>> measures = new LinkedHashMap<>();
    Window<R> window = Window.none();
    boolean rollup;

    @Nullable
    Condition having;

    @Nullable
    String descendingBy;

    int top;
    private final List<String> misuses = new ArrayList<>();

    ViewBuilder(String name, Schema<R> schema) {
        this.name = name;
        this.schema = schema;
    }

    /** One row for each combination of values of these columns, in each window. */
    @SafeVarargs
    public final ViewBuilder<R> groupBy(Column<R, ?>... columns) {
        if (rollup) {
            misuses.add("groupBy after rollup (name all dimensions in one of them)");
        }
        dimensions.addAll(Arrays.asList(columns));
        return this;
    }

    /** As {@link #groupBy}, with totals over the last column, the last two, and so on to all. */
    @SafeVarargs
    public final ViewBuilder<R> rollup(Column<R, ?>... columns) {
        if (rollup || !dimensions.isEmpty()) {
            misuses.add("rollup after other dimensions (name all dimensions in one of them)");
        }
        dimensions.addAll(Arrays.asList(columns));
        rollup = true;
        return this;
    }

    /** Adds a measure as a column of the rows. */
    public ViewBuilder<R> measure(String column, Measure<R, ?> measure) {
        if (measures.put(column, measure) != null) {
            misuses.add("measure %s appears twice".formatted(column));
        }
        return this;
    }

    /** Groups by windows of event time; without it there is one window over all of time. */
    public ViewBuilder<R> window(Window<R> newWindow) {
        this.window = newWindow;
        return this;
    }

    /** Keeps only the rows for which a condition is true. */
    public ViewBuilder<R> having(Condition condition) {
        this.having = having == null ? condition : having.and(condition);
        return this;
    }

    /** Keeps the first rows of each window by a measure, in a total order. */
    public Top top(int rows) {
        if (rows < 1 || rows > MOST_ROWS) {
            misuses.add("top %d (must be from 1 to %d)".formatted(rows, MOST_ROWS));
        }
        return new Top(rows);
    }

    /** A ranking that lacks its measure. */
    public final class Top {
        private final int rows;

        private Top(int rows) {
            this.rows = rows;
        }

        /** Greatest first; of equal ones, the rows with the lesser dimensions. Adds the column {@code rownum}. */
        public ViewBuilder<R> by(String measure) {
            top = rows;
            return descendingBy(measure);
        }
    }

    /** Orders the rows of each window by a measure, greatest first; of equal ones, by the dimensions. */
    public ViewBuilder<R> descendingBy(String measure) {
        if (descendingBy != null && !descendingBy.equals(measure)) {
            misuses.add("an order by both %s and %s (use one)".formatted(descendingBy, measure));
        }
        descendingBy = measure;
        return this;
    }

    /**
     * Checks and makes the view.
     *
     * @throws IllegalArgumentException naming all that is wrong
     */
    public View<R> build() {
        List<String> problems = new ArrayList<>(misuses);
        check(problems);
        View<R> view = new View<>(this);
        if (having != null) {
            check(having, view.unrankedColumns(), problems);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Invalid view %s: %s".formatted(name, String.join("; ", problems)));
        }
        return view;
    }

    private static void check(Condition condition, List<ViewColumn> columns, List<String> problems) {
        if (condition instanceof Condition.And and) {
            check(and.left(), columns, problems);
            check(and.right(), columns, problems);
        } else if (condition instanceof Condition.Or or) {
            check(or.left(), columns, problems);
            check(or.right(), columns, problems);
        } else if (condition instanceof Condition.Not not) {
            check(not.condition(), columns, problems);
        } else {
            try {
                condition.over(columns);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private void check(List<String> problems) {
        if (!VIEW_NAME.matcher(name).matches()) {
            problems.add("its name must match " + VIEW_NAME);
        }
        if (measures.isEmpty()) {
            problems.add("no measure (add at least one, such as count())");
        }
        Set<String> names = new HashSet<>(Set.of(WINDOW_START, WINDOW_END, RANK));
        BiConsumer<String, String> unique = (what, column) -> {
            if (!names.add(column)) {
                problems.add("%s %s has the name of another column".formatted(what, column));
            }
        };
        dimensions.forEach(column -> unique.accept("dimension", column.name()));
        dimensions.forEach(column -> checkColumn("dimension", column, problems));
        measures.forEach((column, measure) -> {
            unique.accept("measure", column);
            if (!COLUMN_NAME.matcher(column).matches()) {
                problems.add("measure %s (its name must match %s)".formatted(column, COLUMN_NAME));
            }
            measure.aggregates()
                    .forEach(aggregate -> aggregate
                            .columns()
                            .forEach(input -> checkColumn("measure %s of".formatted(column), input, problems)));
        });
        window.eventTime().ifPresent(time -> checkColumn("event time", time.column(), problems));
        if (rollup && dimensions.isEmpty()) {
            problems.add("a rollup of no dimension (name at least one)");
        }
        if (rollup && top > 0) {
            problems.add("top %d of a rollup (totals would compete with their own parts; use one or the other)"
                    .formatted(top));
        }
        if (descendingBy != null && !measures.containsKey(descendingBy)) {
            problems.add("an order by %s (must be one of the measures %s)".formatted(descendingBy, measures.keySet()));
        }
    }

    private void checkColumn(String what, Column<R, ?> column, List<String> problems) {
        if (schema.indexOf(column) < 0) {
            problems.add("%s %s (must be a column of %s)".formatted(what, column.name(), schema.name()));
        }
    }
}
