package io.tributary.examples.command;

import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.pipeline.CheckedReplay;
import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.examples.pipeline.EmbeddedPipeline;
import io.tributary.examples.pipeline.TemporaryDirectory;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Tally;
import io.tributary.serving.Answer;
import io.tributary.serving.http.HttpOptions;
import io.tributary.view.View;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Run the whole pipeline on made-up orders: enrich, deliver to a lake, aggregate with Flink and DuckDB,"
                    + " merge at a moving cut, check every answer, and print the workshop's labs.",
            "Exits with 1 when an answer is wrong."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int ROWS_SHOWN = 8;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Option(
            names = "--until-done",
            description =
                    "Replay as fast as it goes, without the page, and end; without it, serve the page until Ctrl-C.")
    private boolean untilDone;

    @Mixin
    private SpeedOption speed = new SpeedOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "The port of the page on this machine; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--open",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Open the page in a browser, where there is one (default: ${DEFAULT-VALUE}).")
    private boolean open;

    @Override
    public Integer call() throws Exception {
        ReplayPace pace = speed.pace(untilDone);
        HttpOptions http = Usage.checked(spec, () -> Dashboard.on(port));
        OrderGenerator generator = dataset.generator();
        List<View<EnrichedOrder>> views = untilDone ? RetailViews.all() : DashboardViews.all();
        try (UntilInterrupted process = UntilInterrupted.begin();
                TemporaryDirectory lake = TemporaryDirectory.create();
                EmbeddedPipeline pipeline = EmbeddedPipeline.start(lake.path(), views);
                Progress progress = untilDone ? Progress.of("orders", generator.count()) : Progress.none()) {
            if (untilDone) {
                return replay(generator, pipeline, new DemoListener(progress, pace, order -> {}), views);
            }
            try (Dashboard dashboard = Dashboard.start(pipeline, http)) {
                System.out.printf("The dashboard is at %s%n", dashboard.uri());
                Screen.flush(System.out);
                if (open) {
                    dashboard.open();
                }
                DemoListener listener = new DemoListener(progress, pace, dashboard::sent);
                int code = replay(generator, pipeline, listener, views);
                Screen.flush(System.out);
                System.err.printf("done; the dashboard stays at %s until Ctrl-C%n", dashboard.uri());
                process.await();
                return code;
            }
        }
    }

    private static int replay(
            OrderGenerator generator, EmbeddedPipeline pipeline, DemoListener listener, List<View<EnrichedOrder>> views)
            throws IOException, InterruptedException {
        Tally tally = new CheckedReplay(pipeline, views, listener, CheckedReplay.PATIENCE).run(generator);
        listener.printLatest(System.out);
        views.forEach(view -> print(view, pipeline.read(view)));
        System.out.printf("%norders: %s%n", tally);
        System.out.printf("answers: %,d right, %,d wrong%n", listener.rightAnswers(), listener.wrongAnswers());
        return listener.wrongAnswers() == 0 ? 0 : 1;
    }

    private static void print(View<EnrichedOrder> view, Answer answer) {
        PrintStream out = System.out;
        out.printf("%n%s — %s%n", ViewsCommand.lab(view), view.name());
        TextTable.of(answer, ROWS_SHOWN).print(out);
        TextTable.printRest(answer.rows().size() - ROWS_SHOWN, out);
    }
}
