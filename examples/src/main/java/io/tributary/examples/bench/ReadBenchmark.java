package io.tributary.examples.bench;

import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.examples.pipeline.TemporaryDirectory;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.LambdaView;
import io.tributary.view.TimeRange;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/** A day of a merged view, while the speed layer writes to it, against the same question to DuckDB. */
final class ReadBenchmark implements Benchmark {
    private static final double TARGET = 1_000;
    private static final double MOST_MILLIS = 1;
    private static final double NANOS = 1e9;
    private static final double MILLI = 1e-3;

    @Override
    public String name() {
        return "read";
    }

    @Override
    public String summary() {
        return "a day of a view of a million slices, 4 readers beside 1 writer, against one DuckDB query";
    }

    @Override
    public void run(Scale scale, Consumer<Line> lines) throws Exception {
        try (TemporaryDirectory work = TemporaryDirectory.create();
                DuckDbEngine engine = DuckDbEngine.start()) {
            HourlySales sales = HourlySales.of(scale.of(20_000, 1_000_000), (int) scale.of(1, 4));
            sales.writeTo(work.path());
            LambdaView<EnrichedOrder> view = sales.view();
            List<Double> ours = new ArrayList<>();
            List<Double> theirs = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            List<Latencies> anyDay = new ArrayList<>();
            List<Latencies> lastDay = new ArrayList<>();
            Random random = new Random(1);
            for (int round = 0; round <= scale.rounds(); round++) {
                LocalDate day = sales.anyDayBefore(random);
                long start = System.nanoTime();
                List<String> byDuckDb = rows(engine, sales.question(work.path(), day));
                double seconds = (System.nanoTime() - start) / NANOS;
                check(day, sales.texts(view.read(TimeRange.day(day.toString()))), byDuckDb);
                Latencies latencies = sales.readWhileWriting((int) scale.of(200, 2_000), false);
                Latencies ofWritten = sales.readWhileWriting((int) scale.of(200, 2_000), true);
                if (round > 0) {
                    ours.add(latencies.seconds(0.5));
                    theirs.add(seconds);
                    ratios.add(seconds / latencies.seconds(0.5));
                    anyDay.add(latencies);
                    lastDay.add(ofWritten);
                }
            }
            String what = "a day of %,d slices".formatted(sales.slices());
            lines.accept(new Line(
                    what, millis(ours), "DuckDB over JSON lines: " + millis(theirs), Ratio.of(ratios), TARGET));
            lines.accept(slowest("99 of 100 reads of any day", anyDay));
            lines.accept(slowest("99 of 100 reads of the day that is written", lastDay));
        }
    }

    private static Line slowest(String what, List<Latencies> latencies) {
        Ratio ratio = Ratio.of(latencies.stream()
                .map(each -> MOST_MILLIS * MILLI / each.seconds(0.99))
                .toList());
        return new Line(
                what,
                String.format(Locale.ROOT, "%.2f ms", MOST_MILLIS / ratio.median()),
                String.format(Locale.ROOT, "the aim: %.2f ms", MOST_MILLIS),
                ratio,
                1);
    }

    private static List<String> rows(DuckDbEngine engine, String question) {
        return engine.run(Query.of(question)).rows().stream()
                .map(String::valueOf)
                .toList();
    }

    private static void check(LocalDate day, List<String> ours, List<String> theirs) {
        if (ours.isEmpty() || !ours.equals(theirs)) {
            throw new IllegalStateException(
                    "Cannot compare the reads of %s: the view gives %s, DuckDB gives %s".formatted(day, ours, theirs));
        }
    }

    private static String millis(List<Double> seconds) {
        return String.format(Locale.ROOT, "%,.2f ms", Ratio.of(seconds).median() / MILLI);
    }
}
