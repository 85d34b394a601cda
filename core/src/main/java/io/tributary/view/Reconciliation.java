package io.tributary.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two sets of a view's slices, or of its rows, held against each other by their canonical texts.
 *
 * @param matching how many are the same in both
 * @param differing how many have the same key and other values
 * @param missing how many should be there and are not
 * @param extra how many are there and should not be
 * @param examples the first few that are not the same, as texts
 */
public record Reconciliation(long matching, long differing, long missing, long extra, List<String> examples) {
    private static final int MOST_EXAMPLES = 5;

    public Reconciliation {
        examples = List.copyOf(examples);
    }

    /**
     * Compares slices.
     *
     * @param expected one slice for each key
     * @param found one slice for each key
     */
    public static <R> Reconciliation of(
            View<R> view, Collection<SlicePartial> expected, Collection<SlicePartial> found) {
        return of("slice", texts(view, expected), texts(view, found));
    }

    /**
     * Compares rows, each given as the texts of its window and dimensions, which tell rows apart, and then of its
     * other columns. The totals of a rollup may share the texts of a row whose dimension is null; all rows of the same
     * texts are compared together, whatever their order.
     *
     * @param expected rows in the order of the view's columns
     * @param found likewise
     */
    public static Reconciliation ofRows(
            View<?> view, Collection<List<@Nullable String>> expected, Collection<List<@Nullable String>> found) {
        int bounds = view.window().eventTime().isPresent() ? 2 : 0;
        int keys = bounds + view.dimensions().size();
        return of("row", byKey(keys, expected), byKey(keys, found));
    }

    private static Map<List<@Nullable String>, List<@Nullable String>> byKey(
            int keys, Collection<List<@Nullable String>> rows) {
        Map<List<@Nullable String>, List<@Nullable String>> byKey = new LinkedHashMap<>();
        rows.stream()
                .sorted(Comparator.comparing(Object::toString))
                .forEach(row -> byKey.computeIfAbsent(row.subList(0, keys), key -> new ArrayList<>())
                        .addAll(row.subList(keys, row.size())));
        return byKey;
    }

    private static Reconciliation of(
            String what,
            Map<List<@Nullable String>, List<@Nullable String>> wanted,
            Map<List<@Nullable String>, List<@Nullable String>> there) {
        long matching = 0;
        long differing = 0;
        long missing = 0;
        List<String> examples = new ArrayList<>();
        for (Map.Entry<List<@Nullable String>, List<@Nullable String>> slice : wanted.entrySet()) {
            List<@Nullable String> other = there.remove(slice.getKey());
            if (slice.getValue().equals(other)) {
                matching++;
                continue;
            }
            if (other == null) {
                missing++;
            } else {
                differing++;
            }
            add(examples, what, slice.getKey(), slice.getValue(), other);
        }
        there.forEach((key, states) -> add(examples, what, key, null, states));
        return new Reconciliation(matching, differing, missing, there.size(), examples);
    }

    private static void add(
            List<String> examples,
            String what,
            List<@Nullable String> key,
            @Nullable List<@Nullable String> expected,
            @Nullable List<@Nullable String> found) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add("%s %s: %s (should be %s)"
                    .formatted(what, key, found == null ? "missing" : found, expected == null ? "missing" : expected));
        }
    }

    private static <R> Map<List<@Nullable String>, List<@Nullable String>> texts(
            View<R> view, Collection<SlicePartial> slices) {
        SliceCodec<R> codec = view.codec();
        int keys = 1 + view.dimensions().size();
        Map<List<@Nullable String>, List<@Nullable String>> texts = new LinkedHashMap<>();
        Slices<R> merged = view.slices();
        merged.mergeAll(slices);
        for (SlicePartial slice : merged.toList()) {
            List<@Nullable String> all = codec.format(slice);
            texts.put(all.subList(0, keys), all.subList(keys, all.size()));
        }
        return texts;
    }

    /** Whether both are the same. */
    public boolean isSame() {
        return differing + missing + extra == 0;
    }

    @Override
    public String toString() {
        return "%,d matching, %,d differing, %,d missing, %,d extra".formatted(matching, differing, missing, extra);
    }
}
