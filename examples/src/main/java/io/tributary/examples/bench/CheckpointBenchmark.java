package io.tributary.examples.bench;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The bytes of a checkpoint in which all slices of three days are open. */
final class CheckpointBenchmark implements Benchmark {
    private static final int HOURS = 72;
    private static final int DELAY_HOURS = 96;
    private static final double TARGET = 2;

    @Override
    public String name() {
        return "checkpoint";
    }

    @Override
    public String summary() {
        return "the size of a checkpoint with the same open slices, against Flink SQL's";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        List<Question> questions = List.of(Question.LAB3, Question.LAB6_BY_DIVISION, Question.LAB8);
        for (Question question : questions.subList(0, (int) scale.of(1, questions.size()))) {
            JobPlan ours = JobPlan.of(JobSide.VIEWS, scale.of(20_000, 500_000), HOURS, scale.of(20, 300), question)
                    .untilKept(DELAY_HOURS);
            new JobDuel(
                            "checkpoint of %s, %d open hours".formatted(question, HOURS),
                            JobDuel.Measure.CHECKPOINT,
                            ours,
                            Map.of(JobSide.SQL_OF_COLUMNS, TARGET))
                    .run(scale, lines);
        }
    }
}
