package io.tributary.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that was meant. */
final class Names {
    private Names() {}

    static String unknown(String key, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance(fold(key), fold(name)))
                        .thenComparing(Comparator.naturalOrder()))
                .map(nearest -> "%s: unknown (did you mean %s?)".formatted(key, nearest))
                .orElseGet(() -> key + ": unknown (there are no options)");
    }

    /** Case and separators are no mistakes of note. */
    private static String fold(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    /** How many characters have to be put in, left out, exchanged or swapped with the next to get one from the other. */
    static int distance(String from, String to) {
        int[][] costs = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    costs[i][j] = i + j;
                    continue;
                }
                int other = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                costs[i][j] = Math.min(costs[i - 1][j - 1] + other, 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    costs[i][j] = Math.min(costs[i][j], costs[i - 2][j - 2] + 1);
                }
            }
        }
        return costs[from.length()][to.length()];
    }
}
