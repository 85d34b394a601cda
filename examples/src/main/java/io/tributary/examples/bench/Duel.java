package io.tributary.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Two sides that do the same work, in turn, so that what else the machine does falls on both. The first round
 * warms up and does not count. Each round compares the results.
 *
 * @param what is measured
 * @param units how much work a round is, for the rates
 * @param unit what is counted, such as "orders"
 * @param target the ratio aimed at; 0 for none
 * @param <T> the result of both sides
 */
public record Duel<T>(String what, long units, String unit, double target, Contender<T> ours, Contender<T> theirs) {
    private static final double NANOS = 1e9;

    /**
     * Measures both sides.
     *
     * @throws IllegalStateException when the results differ
     */
    public Line run(Scale scale) throws Exception {
        List<Double> oursSeconds = new ArrayList<>();
        List<Double> theirSeconds = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round <= scale.rounds(); round++) {
            // Whoever runs second meets a warmer machine; so each begins every other round.
            boolean oursFirst = round % 2 == 0;
            Timed<T> first = time(oursFirst ? ours : theirs);
            Timed<T> second = time(oursFirst ? theirs : ours);
            if (!Objects.equals(first.result(), second.result())) {
                throw new IllegalStateException("Cannot compare %s: %s gives %s, %s gives %s"
                        .formatted(
                                what,
                                ours.name(),
                                oursFirst ? first.result() : second.result(),
                                theirs.name(),
                                oursFirst ? second.result() : first.result()));
            }
            if (round > 0) {
                double our = oursFirst ? first.seconds() : second.seconds();
                double their = oursFirst ? second.seconds() : first.seconds();
                oursSeconds.add(our);
                theirSeconds.add(their);
                ratios.add(their / our);
            }
        }
        return new Line(what, rate(oursSeconds), theirs.name() + ": " + rate(theirSeconds), Ratio.of(ratios), target);
    }

    private record Timed<T>(T result, double seconds) {}

    private static <T> Timed<T> time(Contender<T> side) throws Exception {
        long start = System.nanoTime();
        T result = side.work().call();
        return new Timed<>(result, (System.nanoTime() - start) / NANOS);
    }

    private String rate(List<Double> seconds) {
        double median = Ratio.of(seconds).median();
        return String.format(Locale.ROOT, "%,.0f %s/s", units / median, unit);
    }
}
