package io.tributary.examples.command;

import io.tributary.examples.lab.Comparison;
import io.tributary.examples.lab.Comparison.Pair;
import io.tributary.examples.lab.Comparison.Verdict;
import io.tributary.examples.lab.LabTable;
import io.tributary.schema.ColumnType;
import io.tributary.view.ViewColumn;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints a comparison: a row for each key, the view's values, those of the SQL, and what was found; wrong rows first. */
record SideBySide(Comparison comparison) {

    void print(int most, PrintStream out) {
        List<ViewColumn> columns = new ArrayList<>(comparison.columns().subList(0, comparison.keys()));
        List<ViewColumn> values = comparison
                .columns()
                .subList(comparison.keys(), comparison.columns().size());
        values.forEach(column -> columns.add(new ViewColumn("view: " + column.name(), column.type())));
        values.forEach(column -> columns.add(new ViewColumn("sql: " + column.name(), column.type())));
        columns.add(new ViewColumn("verdict", ColumnType.text()));
        List<List<@Nullable Object>> rows = comparison.pairs().stream()
                .sorted(Comparator.comparing(pair -> pair.verdict() == Verdict.SAME || pair.verdict() == Verdict.TIED))
                .limit(most)
                .map(this::row)
                .toList();
        TextTable.of(new LabTable(columns, rows), most).print(out);
        TextTable.printRest(comparison.pairs().size() - most, out);
        out.printf(
                "%nrows: %,d match, %,d tied, %,d differ, %,d only in the view, %,d only in the SQL%n",
                comparison.count(Verdict.SAME),
                comparison.count(Verdict.TIED),
                comparison.count(Verdict.DIFFERENT),
                comparison.count(Verdict.ONLY_IN_VIEW),
                comparison.count(Verdict.ONLY_IN_SQL));
    }

    private List<@Nullable Object> row(Pair pair) {
        int size = comparison.columns().size();
        List<@Nullable Object> row =
                new ArrayList<>(side(pair.view() == null ? pair.sql() : pair.view(), 0, comparison.keys()));
        row.addAll(side(pair.view(), comparison.keys(), size));
        row.addAll(side(pair.sql(), comparison.keys(), size));
        row.add(
                switch (pair.verdict()) {
                    case SAME -> "same";
                    case TIED -> "tied";
                    case DIFFERENT -> "DIFFERENT";
                    case ONLY_IN_VIEW -> "ONLY IN VIEW";
                    case ONLY_IN_SQL -> "ONLY IN SQL";
                });
        return row;
    }

    private static List<@Nullable Object> side(@Nullable List<@Nullable Object> row, int from, int to) {
        if (row != null) {
            return row.subList(from, to);
        }
        List<@Nullable Object> missing = new ArrayList<>();
        for (int i = from; i < to; i++) {
            missing.add(null);
        }
        return missing;
    }
}
