package io.tributary.examples.bench;

import java.util.List;
import java.util.Locale;

/**
 * How many times ours is better than the alternative, round by round.
 *
 * @param median the middle one of the rounds
 * @param least of the rounds
 * @param greatest of the rounds
 */
public record Ratio(double median, double least, double greatest) {
    /**
     * The ratio of some rounds.
     *
     * @param rounds one ratio a round
     * @throws IllegalArgumentException when there is no round
     */
    public static Ratio of(List<Double> rounds) {
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("Cannot tell a ratio of 0 rounds (measure at least one)");
        }
        List<Double> sorted = rounds.stream().sorted().toList();
        return new Ratio(medianOf(sorted), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    private static double medianOf(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%s to %s)", text(median), text(least), text(greatest));
    }

    static String text(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
