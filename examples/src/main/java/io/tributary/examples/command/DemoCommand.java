package io.tributary.examples.command;

import io.tributary.enrich.CacheOptions;
import io.tributary.enrich.CachedLookup;
import io.tributary.enrich.InMemoryLookup;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.pipeline.CheckedReplay;
import io.tributary.examples.pipeline.EmbeddedPipeline;
import io.tributary.examples.pipeline.TemporaryDirectory;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.OrderEnrichment;
import io.tributary.retail.Product;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Tally;
import io.tributary.serving.Answer;
import io.tributary.view.View;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Run the whole pipeline on made-up orders: enrich, deliver to a lake, aggregate with Flink and DuckDB,"
                    + " merge at a moving cut, check every answer, and print the workshop's labs.",
            "Exits with 1 when an answer is wrong."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int ROWS_SHOWN = 8;

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Option(
            names = "--until-done",
            description =
                    "Replay as fast as it goes and end; without it, replay an hour a second, then wait for Ctrl-C.")
    private boolean untilDone;

    @Override
    public Integer call() throws Exception {
        OrderGenerator generator = dataset.generator();
        List<View<EnrichedOrder>> views = RetailViews.all();
        try (TemporaryDirectory lake = TemporaryDirectory.create();
                EmbeddedPipeline pipeline = EmbeddedPipeline.start(lake.path(), views);
                Progress progress = untilDone ? Progress.of("orders", generator.count()) : Progress.none()) {
            CachedLookup<String, Product> catalogue = CachedLookup.of(
                    InMemoryLookup.of(generator.catalogue().products(), Product::productCode), CacheOptions.defaults());
            DemoListener listener = new DemoListener(progress, untilDone ? Duration.ZERO : Duration.ofSeconds(1));
            Tally tally = new CheckedReplay(
                            pipeline, views, OrderEnrichment.with(catalogue), listener, CheckedReplay.PATIENCE)
                    .run(generator);
            listener.printLatest(System.out);
            views.forEach(view -> print(view, pipeline.read(view)));
            System.out.printf("%norders: %s%n", tally);
            System.out.printf("answers: %,d right, %,d wrong%n", listener.rightAnswers(), listener.wrongAnswers());
            if (!untilDone && listener.wrongAnswers() == 0) {
                System.err.println("done; press Ctrl-C to end");
                new CountDownLatch(1).await();
            }
            return listener.wrongAnswers() == 0 ? 0 : 1;
        }
    }

    private static void print(View<EnrichedOrder> view, Answer answer) {
        PrintStream out = System.out;
        out.printf("%n%s — %s%n", ViewsCommand.lab(view), view.name());
        TextTable.of(answer, ROWS_SHOWN).print(out);
        int more = answer.rows().size() - ROWS_SHOWN;
        if (more > 0) {
            out.printf("… and %,d more rows%n", more);
        }
    }
}
