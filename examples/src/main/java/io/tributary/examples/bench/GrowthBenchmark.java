package io.tributary.examples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How time and state grow with the orders, the dimension keys and the ingest partitions. */
final class GrowthBenchmark implements Benchmark {
    /** A run differs from the next by some percent; what grows faster than linearly, by more with each step. */
    private static final double TARGET = 0.9;

    private static final int HOURS = 4_344;
    private static final int DELAY_HOURS = 48;

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String summary() {
        return "time and state for more orders, keys and partitions, against growth that is linear";
    }

    /** @param size of what grows */
    private record Step(String name, long size, JobPlan plan) {}

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        LongStream orders = scale == Scale.QUICK
                ? LongStream.of(10_000, 100_000)
                : LongStream.of(100_000, 1_000_000, 10_000_000, 50_000_000);
        measure(scale, orders.mapToObj(GrowthBenchmark::ofOrders).toList(), lines);
        if (scale == Scale.FULL) {
            measure(
                    scale,
                    IntStream.of(10, 100, 1_000, 10_000, 100_000)
                            .mapToObj(GrowthBenchmark::ofKeys)
                            .toList(),
                    lines);
            measure(
                    scale,
                    IntStream.of(1, 10, 100, 1_000, 10_000)
                            .mapToObj(GrowthBenchmark::ofPartitions)
                            .toList(),
                    lines);
        }
    }

    private static Step ofOrders(long orders) {
        JobPlan plan = JobPlan.of(JobSide.VIEWS, orders, HOURS, orders < 1_000_000 ? 20 : 200, Question.LAB3)
                .notAhead();
        return new Step("%,d orders".formatted(orders), orders, plan);
    }

    /** All keys in each of ten hours. */
    private static Step ofKeys(int keys) {
        JobPlan plan = JobPlan.of(JobSide.VIEWS, 1_000_000, 10, 100, Question.PRODUCTS)
                .withKeys(keys)
                .untilKept(DELAY_HOURS);
        return new Step("%,d keys".formatted(keys), keys, plan);
    }

    /** One hour of event time, so that there is a slice for each division in each partition. */
    private static Step ofPartitions(int partitions) {
        JobPlan plan = JobPlan.of(JobSide.SLICES, 1_000_000, 1, 20, Question.LAB8)
                .withPartitions(partitions)
                .untilKept(DELAY_HOURS);
        return new Step("%,d partitions".formatted(partitions), partitions, plan);
    }

    private static void measure(Scale scale, List<Step> steps, Consumer<Line> lines) throws Exception {
        int rounds = (int) scale.of(1, 3);
        List<JobOutcome> before = List.of();
        for (int i = 0; i < steps.size(); i++) {
            List<JobOutcome> now = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                now.add(ForkedJob.run(steps.get(i).plan()));
            }
            if (i > 0) {
                String name = steps.get(i).name();
                double factor = (double) steps.get(i).size() / steps.get(i - 1).size();
                lines.accept(line("time of " + name, factor, before, now, JobOutcome::seconds, "%.2f s"));
                lines.accept(line("state of " + name, factor, before, now, JobOutcome::checkpointBytes, "%,.0f bytes"));
            }
            before = now;
        }
    }

    private static Line line(
            String what,
            double factor,
            List<JobOutcome> before,
            List<JobOutcome> now,
            ToDoubleFunction<JobOutcome> cost,
            String format) {
        double linear = factor * JobDuel.median(before, cost);
        List<Double> ratios = now.stream()
                .map(outcome -> linear / cost.applyAsDouble(outcome))
                .toList();
        return new Line(
                what,
                String.format(Locale.ROOT, format, JobDuel.median(now, cost)),
                String.format(Locale.ROOT, "linear from before, × %.0f: " + format, factor, linear),
                Ratio.of(ratios),
                TARGET);
    }
}
