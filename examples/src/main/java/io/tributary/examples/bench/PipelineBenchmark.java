package io.tributary.examples.bench;

import io.tributary.examples.pipeline.TemporaryDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Orders from JSON to all views in the speed store, and to a lake, in one job; and the halves of it. */
final class PipelineBenchmark implements Benchmark {
    private static final double VIEWS_A_SECOND = 300_000;
    private static final double WITH_LAKE_A_SECOND = 200_000;
    private static final double MOST_HEAP_MIB = 1_024;

    /** What is run, and the orders a second that are aimed at; 0 for none. */
    private enum Part {
        DECODE("decode", 0, false, false),
        VIEWS("decode and five views", VIEWS_A_SECOND, true, false),
        LAKE("decode and lake", 0, false, true),
        ALL("decode, five views and lake", WITH_LAKE_A_SECOND, true, true);

        private final String what;
        private final double aim;
        private final boolean views;
        private final boolean lake;

        Part(String what, double aim, boolean views, boolean lake) {
            this.what = what;
            this.aim = aim;
            this.views = views;
            this.lake = lake;
        }
    }

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String summary() {
        return "JSON to five views in the speed store and to a lake, by one Flink job in this process";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        long orders = scale.of(50_000, 3_000_000);
        for (Part part : Part.values()) {
            List<Double> rates = new ArrayList<>();
            for (int round = 0; round <= scale.rounds(); round++) {
                try (TemporaryDirectory work = TemporaryDirectory.create()) {
                    PipelineJob job = new PipelineJob(orders, part.views, part.lake, work.path());
                    double rate = Rates.of(orders, job::run);
                    job.check();
                    if (round > 0) {
                        rates.add(rate);
                    }
                }
            }
            lines.accept(line(part, rates));
        }
        try (TemporaryDirectory work = TemporaryDirectory.create()) {
            PipelineJob job = new PipelineJob(orders, true, true, work.path());
            List<Double> used = LiveHeap.during(job::run);
            job.check();
            lines.accept(heap(used));
        }
    }

    private static Line heap(List<Double> used) {
        double most = Collections.max(used);
        int third = Math.max(1, used.size() / 3);
        return new Line(
                "heap in use after collections, while all of it runs",
                "%,.0f MiB at most; %,.0f in the first third, %,.0f in the last"
                        .formatted(
                                most,
                                Collections.max(used.subList(0, third)),
                                Collections.max(used.subList(used.size() - third, used.size()))),
                "the aim: %,.0f MiB".formatted(MOST_HEAP_MIB),
                Ratio.of(List.of(MOST_HEAP_MIB / most)),
                1);
    }

    private static Line line(Part part, List<Double> rates) {
        double aim = part.aim == 0 ? VIEWS_A_SECOND : part.aim;
        Ratio ratio = Ratio.of(rates.stream().map(rate -> rate / aim).toList());
        return new Line(
                part.what,
                String.format(Locale.ROOT, "%,.0f orders/s", ratio.median() * aim),
                String.format(Locale.ROOT, part.aim == 0 ? "beside %,.0f orders/s" : "the aim: %,.0f orders/s", aim),
                ratio,
                part.aim == 0 ? 0 : 1);
    }
}
