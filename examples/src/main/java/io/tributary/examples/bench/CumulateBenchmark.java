package io.tributary.examples.bench;

import java.util.Map;
import java.util.function.Consumer;

/** Sales of each day by division as they grow from hour to hour: 24 windows a day that share their slices. */
final class CumulateBenchmark implements Benchmark {
    private static final int HOURS = 4_344;

    @Override
    public String name() {
        return "cumulate";
    }

    @Override
    public String summary() {
        return "cumulating windows of 24 steps, against Flink SQL's CUMULATE and an assigner of each step";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        JobPlan ours = JobPlan.of(
                JobSide.VIEWS,
                scale.of(50_000, 5_000_000),
                (int) scale.of(48, HOURS),
                scale.of(20, 300),
                Question.LAB6_BY_DIVISION);
        new JobDuel(
                        "cumulate, 24 steps by division",
                        JobDuel.Measure.TIME,
                        ours,
                        Map.of(JobSide.SQL_OF_COLUMNS, 2.0, JobSide.NAIVE_CUMULATE, 8.0))
                .run(scale, lines);
    }
}
