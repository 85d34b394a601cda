package io.tributary.examples.lab;

import io.tributary.retail.EnrichedOrder;
import io.tributary.view.View;
import io.tributary.view.ViewColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a view beside those of a statement, by their key: the window with the dimensions, with the rank
 * where there is one, and the whole row of a raw stream.
 *
 * @param columns those that both have
 * @param keys how many of them, from the first, are the key
 */
public record Comparison(List<ViewColumn> columns, int keys, List<Pair> pairs) {

    /** What is found of a pair. */
    public enum Verdict {
        SAME,
        /** Ranked differently only because the measure is the same. */
        TIED,
        DIFFERENT,
        ONLY_IN_VIEW,
        ONLY_IN_SQL
    }

    /** Two rows of the same key, in the columns of the comparison; one of them may be missing. */
    public record Pair(
            @Nullable List<@Nullable Object> view, @Nullable List<@Nullable Object> sql, Verdict verdict) {}

    private record Key(List<@Nullable Object> values, int occurrence) {}

    /** Compares a raw stream. */
    static Comparison ofRows(LabTable orders, LabTable sql) {
        return of(orders, sql, orders.columns().size(), Set.of(), -1);
    }

    /**
     * Compares a view.
     *
     * @param unranked the rows among which a ranking view ranks; without a rank
     */
    static Comparison of(View<EnrichedOrder> view, LabTable answer, LabTable sql, LabTable unranked) {
        List<String> names = sql.columns().stream().map(ViewColumn::name).toList();
        boolean ranked = view.top().isPresent();
        List<String> values = new ArrayList<>(view.measures().keySet());
        if (ranked) {
            view.dimensions().forEach(column -> values.add(column.name()));
        }
        List<String> order = new ArrayList<>(names);
        order.removeAll(values);
        int keys = order.size();
        order.addAll(names.stream().filter(values::contains).toList());
        int measure = view.descendingBy().map(order::indexOf).orElse(-1);
        Set<List<@Nullable Object>> candidates = ranked ? candidates(unranked, order) : Set.of();
        return of(answer.select(order), sql.select(order), keys, candidates, measure);
    }

    /** Rows with all columns but the rank, which is the last of the key. */
    private static Set<List<@Nullable Object>> candidates(LabTable unranked, List<String> order) {
        List<String> mine = unranked.columns().stream().map(ViewColumn::name).toList();
        return new HashSet<>(
                unranked.select(order.stream().filter(mine::contains).toList()).rows());
    }

    private static Comparison of(
            LabTable view, LabTable sql, int keys, Set<List<@Nullable Object>> candidates, int measure) {
        Map<Key, List<@Nullable Object>> bySql = byKey(sql, keys);
        List<Pair> pairs = new ArrayList<>();
        byKey(view, keys).forEach((key, row) -> {
            List<@Nullable Object> other = bySql.remove(key);
            Verdict verdict = other == null
                    ? Verdict.ONLY_IN_VIEW
                    : row.equals(other)
                            ? Verdict.SAME
                            : isTied(row, other, keys, candidates, measure) ? Verdict.TIED : Verdict.DIFFERENT;
            pairs.add(new Pair(row, other, verdict));
        });
        bySql.forEach((key, row) -> pairs.add(new Pair(null, row, Verdict.ONLY_IN_SQL)));
        return new Comparison(view.columns(), keys, pairs);
    }

    private static boolean isTied(
            List<@Nullable Object> row,
            List<@Nullable Object> other,
            int keys,
            Set<List<@Nullable Object>> candidates,
            int measure) {
        List<@Nullable Object> unranked = new ArrayList<>(other);
        unranked.remove(keys - 1);
        return measure >= 0 && Objects.equals(row.get(measure), other.get(measure)) && candidates.contains(unranked);
    }

    private static Map<Key, List<@Nullable Object>> byKey(LabTable table, int keys) {
        Map<List<@Nullable Object>, Integer> occurrences = new HashMap<>();
        Map<Key, List<@Nullable Object>> rows = new LinkedHashMap<>();
        for (List<@Nullable Object> row : table.rows()) {
            List<@Nullable Object> key = row.subList(0, keys);
            rows.put(new Key(key, occurrences.merge(key, 1, Integer::sum)), row);
        }
        return rows;
    }

    public long count(Verdict verdict) {
        return pairs.stream().filter(pair -> pair.verdict() == verdict).count();
    }

    /** Whether the statement gives what the view gives. */
    public boolean isEqual() {
        return pairs.stream().allMatch(pair -> pair.verdict() == Verdict.SAME || pair.verdict() == Verdict.TIED);
    }
}
