package io.tributary.examples.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The workshop's windowed labs over half a year of orders, each alone and all in one job. */
final class LabsBenchmark implements Benchmark {
    private static final List<Question> LABS =
            List.of(Question.LAB3, Question.LAB5, Question.LAB6, Question.LAB6_BY_DIVISION, Question.LAB8);
    /** Each query takes Flink's planner some seconds of a processor. */
    private static final List<Question> QUICK_LABS = List.of(Question.LAB6_BY_DIVISION, Question.LAB8);

    private static final int HOURS = 4_344;
    private static final double ALONE = 2;
    private static final double ALL = 2.5;

    @Override
    public String name() {
        return "labs";
    }

    @Override
    public String summary() {
        return "labs 3, 5, 6 and 8, alone and in one job, against Flink SQL's window functions";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        JobPlan all = plan(scale, scale == Scale.QUICK ? QUICK_LABS : LABS);
        duel("%d labs in one job, RocksDB".formatted(all.questions().size()), all.onRocksDb(), ALONE)
                .run(scale, lines);
        if (scale == Scale.FULL) {
            duel("5 labs in one job, heap", all, ALL).run(scale, lines);
            for (Question lab : LABS) {
                duel(lab + ", heap", plan(scale, List.of(lab)), ALONE).run(scale, lines);
                duel(lab + ", RocksDB", plan(scale, List.of(lab)).onRocksDb(), ALONE)
                        .run(scale, lines);
            }
        }
    }

    private static JobPlan plan(Scale scale, List<Question> labs) {
        return JobPlan.of(
                JobSide.VIEWS,
                scale.of(50_000, 5_000_000),
                (int) scale.of(48, HOURS),
                scale.of(20, 150),
                labs.toArray(Question[]::new));
    }

    private static JobDuel duel(String what, JobPlan ours, double target) {
        return new JobDuel(
                what, JobDuel.Measure.TIME, ours, Map.of(JobSide.SQL, target, JobSide.SQL_OF_COLUMNS, target));
    }
}
