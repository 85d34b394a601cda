package io.tributary.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two sets of a view's slices held against each other, by their canonical texts.
 *
 * @param matching slices that are the same in both
 * @param differing slices whose partials differ
 * @param missing slices that should be there and are not
 * @param extra slices that are there and should not be
 * @param examples the first few that are not the same, as texts
 */
public record Reconciliation(long matching, long differing, long missing, long extra, List<String> examples) {
    private static final int MOST_EXAMPLES = 5;

    public Reconciliation {
        examples = List.copyOf(examples);
    }

    /**
     * Compares.
     *
     * @param expected one slice for each key
     * @param found one slice for each key
     */
    public static <R> Reconciliation of(
            View<R> view, Collection<SlicePartial> expected, Collection<SlicePartial> found) {
        Map<List<@Nullable String>, List<@Nullable String>> wanted = texts(view, expected);
        Map<List<@Nullable String>, List<@Nullable String>> there = texts(view, found);
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
            add(examples, slice.getKey(), slice.getValue(), other);
        }
        there.forEach((key, states) -> add(examples, key, null, states));
        return new Reconciliation(matching, differing, missing, there.size(), examples);
    }

    private static void add(
            List<String> examples,
            List<@Nullable String> key,
            @Nullable List<@Nullable String> expected,
            @Nullable List<@Nullable String> found) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add("slice %s: %s (should be %s)"
                    .formatted(key, found == null ? "missing" : found, expected == null ? "missing" : expected));
        }
    }

    private static <R> Map<List<@Nullable String>, List<@Nullable String>> texts(
            View<R> view, Collection<SlicePartial> slices) {
        SliceCodec<R> codec = view.codec();
        int keys = 1 + view.dimensions().size();
        Map<List<@Nullable String>, List<@Nullable String>> texts = new LinkedHashMap<>();
        for (SlicePartial slice : slices) {
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
