package io.tributary.examples.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

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
            private static final double SHORTEST_WAIT = 0.05;

            @Override
            double of(JobOutcome outcome) {
                return outcome.seconds();
            }

            @Override
            String text(List<JobOutcome> outcomes, JobPlan plan) {
                double waited = median(outcomes, JobOutcome::waitedSeconds);
                return String.format(
                        Locale.ROOT,
                        "%,.0f orders/s (processor: %.1f s%s)",
                        plan.orders() / median(outcomes, JobOutcome::seconds),
                        median(outcomes, JobOutcome::processorSeconds),
                        waited < SHORTEST_WAIT
                                ? ""
                                : String.format(Locale.ROOT, "; waited for checkpoints: %.1f s", waited));
            }
        },
        CHECKPOINT {
            @Override
            double of(JobOutcome outcome) {
                return outcome.checkpointBytes();
            }

            @Override
            String text(List<JobOutcome> outcomes, JobPlan plan) {
                return String.format(Locale.ROOT, "%,.0f bytes", median(outcomes, JobOutcome::checkpointBytes));
            }
        };

        abstract double of(JobOutcome outcome);

        abstract String text(List<JobOutcome> outcomes, JobPlan plan);
    }

    void run(Scale scale, Consumer<Line> lines) throws IOException, InterruptedException {
        List<JobSide> order = new ArrayList<>(targets.keySet());
        order.add(0, ours.side());
        Map<JobSide, List<JobOutcome>> outcomes = new EnumMap<>(JobSide.class);
        for (int round = 0; round < scale.of(1, FULL_ROUNDS); round++) {
            for (JobSide side : order) {
                JobOutcome outcome = ForkedJob.run(ours.by(side));
                outcomes.computeIfAbsent(side, key -> new ArrayList<>()).add(outcome);
                check(side, outcome, of(outcomes, order.get(0)).get(round));
            }
            Collections.reverse(order);
        }
        targets.forEach(
                (rival, target) -> lines.accept(line(of(outcomes, ours.side()), rival, of(outcomes, rival), target)));
    }

    private static List<JobOutcome> of(Map<JobSide, List<JobOutcome>> outcomes, JobSide side) {
        return outcomes.getOrDefault(side, List.of());
    }

    private void check(JobSide side, JobOutcome outcome, JobOutcome first) {
        if (outcome.rows() != first.rows() || outcome.fingerprint() != first.fingerprint()) {
            throw new IllegalStateException(
                    "Cannot compare %s: %s gives %s, another %s".formatted(what, side, outcome, first));
        }
    }

    private Line line(List<JobOutcome> our, JobSide rival, List<JobOutcome> their, double target) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < our.size(); i++) {
            ratios.add(measure.of(their.get(i)) / measure.of(our.get(i)));
        }
        return new Line(what, text(our), "%s: %s".formatted(rival, text(their)), Ratio.of(ratios), target);
    }

    private String text(List<JobOutcome> outcomes) {
        return measure.text(outcomes, ours);
    }

    static double median(List<JobOutcome> outcomes, ToDoubleFunction<JobOutcome> of) {
        return Ratio.of(outcomes.stream().map(of::applyAsDouble).toList()).median();
    }
}
