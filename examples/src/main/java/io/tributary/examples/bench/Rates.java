package io.tributary.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Ours and some others that do the same to different amounts of work, since not all of them are fast enough for as much;
 * in turn, and the first round does not count. Each side checks its own result.
 *
 * @param what is measured
 * @param unit what is counted, such as "orders"
 * @param ours how many a second
 */
record Rates(String what, String unit, Callable<Double> ours, List<Rival> rivals) {
    private static final double NANOS = 1e9;

    /**
     * Another side.
     *
     * @param name what it is
     * @param target the ratio aimed at
     * @param rate how many a second
     */
    record Rival(String name, double target, Callable<Double> rate) {}

    /** Does the work. */
    interface Work {
        void run() throws Exception;
    }

    /** How many units a second some work does. */
    static double of(long units, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return units * NANOS / (System.nanoTime() - start);
    }

    /** A line for each of the others. */
    List<Line> run(Scale scale) throws Exception {
        List<Double> our = new ArrayList<>();
        List<List<Double>> others = new ArrayList<>();
        rivals.forEach(rival -> others.add(new ArrayList<>()));
        for (int round = 0; round <= scale.rounds(); round++) {
            our.add(ours.call());
            for (int i = 0; i < rivals.size(); i++) {
                others.get(i).add(rivals.get(i).rate().call());
            }
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < rivals.size(); i++) {
            List<Double> other = others.get(i);
            List<Double> ratios = new ArrayList<>();
            for (int round = 1; round <= scale.rounds(); round++) {
                ratios.add(our.get(round) / other.get(round));
            }
            Rival rival = rivals.get(i);
            lines.add(new Line(
                    what,
                    median(our),
                    "%s: %s".formatted(rival.name(), median(other)),
                    Ratio.of(ratios),
                    rival.target()));
        }
        return lines;
    }

    private String median(List<Double> rates) {
        double median = Ratio.of(rates.subList(1, rates.size())).median();
        return String.format(Locale.ROOT, "%,.0f %s/s", median, unit);
    }
}
