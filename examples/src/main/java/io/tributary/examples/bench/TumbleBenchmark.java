package io.tributary.examples.bench;

import java.util.Map;
import java.util.function.Consumer;

/** Sales of each hour by division and main category: a view against Flink's own tumbling windows. */
final class TumbleBenchmark implements Benchmark {
    private static final int DENSE = 11_500;
    private static final int SPARSE = 1_150;

    @Override
    public String name() {
        return "tumble";
    }

    @Override
    public String summary() {
        return "tumbling windows by two keys, against Flink's windows with an AggregateFunction";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        JobPlan dense = plan(scale, DENSE);
        JobPlan sparse = plan(scale, SPARSE);
        if (scale == Scale.FULL) {
            duel("tumble, 11,500 orders an hour", dense, 1.5).run(scale, lines);
            duel("tumble, 1,150 orders an hour", sparse, 1.2).run(scale, lines);
            duel("tumble, 11,500 orders an hour, no object reuse", dense.withoutObjectReuse(), 1)
                    .run(scale, lines);
        }
        duel("tumble, 1,150 orders an hour, no object reuse", sparse.withoutObjectReuse(), 1)
                .run(scale, lines);
    }

    private static JobPlan plan(Scale scale, int ordersAnHour) {
        long orders = scale.of(50_000, 5_000_000);
        return JobPlan.of(JobSide.VIEWS, orders, (int) (orders / ordersAnHour), scale.of(20, 300), Question.LAB3);
    }

    private static JobDuel duel(String what, JobPlan ours, double target) {
        return new JobDuel(what, JobDuel.Measure.TIME, ours, Map.of(JobSide.STOCK_TUMBLE, target));
    }
}
