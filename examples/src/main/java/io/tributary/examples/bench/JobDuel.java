package io.tributary.examples.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The speed layer beside its rivals: whole jobs, each in a JVM of its own, in turn. Each round compares the rows.
 *
 * @param what is measured
 * @param measure the lower the better
 * @param ours our plan; a rival's differs in its side only
 * @param targets the rivals, each with the ratio aimed at
 */
record JobDuel(String what, Measure measure, JobPlan ours, Map<JobSide, Double> targets) {
    private static final int FULL_ROUNDS = 3;

    JobDuel {
        targets = new EnumMap<>(targets);
    }

    /** What of an outcome is compared. */
    enum Measure {
        TIME {
            @Override
            double of(JobOutcome outcome) {
                return outcome.seconds();
            }

            @Override
            String text(double value, JobPlan plan) {
                return String.format(Locale.ROOT, "%,.0f orders/s", plan.orders() / value);
            }
        },
        CHECKPOINT {
            @Override
            double of(JobOutcome outcome) {
                return outcome.checkpointBytes();
            }

            @Override
            String text(double value, JobPlan plan) {
                return String.format(Locale.ROOT, "%,.0f bytes", value);
            }
        };

        abstract double of(JobOutcome outcome);

        abstract String text(double value, JobPlan plan);
    }

    void run(Scale scale, Consumer<Line> lines) throws IOException, InterruptedException {
        Map<JobSide, List<Double>> measured = new LinkedHashMap<>();
        measured.put(ours.side(), new ArrayList<>());
        targets.keySet().forEach(side -> measured.put(side, new ArrayList<>()));
        List<JobSide> order = new ArrayList<>(measured.keySet());
        for (int round = 0; round < scale.of(1, FULL_ROUNDS); round++) {
            Map<JobSide, JobOutcome> outcomes = new LinkedHashMap<>();
            for (JobSide side : order) {
                JobOutcome outcome = ForkedJob.run(ours.by(side));
                outcomes.put(side, outcome);
                measured.get(side).add(measure.of(outcome));
            }
            check(outcomes);
            Collections.reverse(order);
        }
        targets.forEach((rival, target) -> lines.accept(line(measured, rival, target)));
    }

    private void check(Map<JobSide, JobOutcome> outcomes) {
        JobOutcome our = outcomes.get(ours.side());
        outcomes.forEach((side, outcome) -> {
            if (outcome.rows() != our.rows() || outcome.fingerprint() != our.fingerprint()) {
                throw new IllegalStateException(
                        "Cannot compare %s: %s gives %s, %s gives %s".formatted(what, ours.side(), our, side, outcome));
            }
        });
    }

    private Line line(Map<JobSide, List<Double>> measured, JobSide rival, double target) {
        List<Double> our = measured.get(ours.side());
        List<Double> their = measured.get(rival);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < our.size(); i++) {
            ratios.add(their.get(i) / our.get(i));
        }
        return new Line(what, text(our), "%s: %s".formatted(rival, text(their)), Ratio.of(ratios), target);
    }

    private String text(List<Double> values) {
        return measure.text(Ratio.medianOf(values.stream().sorted().toList()), ours);
    }
}
