package io.tributary.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the names that someone may have meant: those that contain the text or lie in it, then those that the fewest
 * edits lead to.
 */
public final class NearestNames {
    private static final int MOST = 3;
    private static final int LONGEST = 100;
    private static final int SHORTEST_PART = 3;

    private NearestNames() {}

    /** The three nearest at most, the nearest first; none where all are too far. */
    public static List<String> of(String text, Collection<String> names) {
        if (text.length() > LONGEST) {
            return List.of();
        }
        return names.stream()
                .filter(name -> distance(text, name) <= Math.max(2, name.length() / 2))
                .sorted(Comparator.comparingInt((String name) -> distance(text, name))
                        .thenComparingInt(name -> Math.abs(name.length() - text.length()))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** The number of letters to insert, to delete or to replace; none where one text contains the other. */
    private static int distance(String a, String b) {
        if (Math.min(a.length(), b.length()) >= SHORTEST_PART && (b.contains(a) || a.contains(b))) {
            return 0;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
