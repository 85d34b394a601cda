package io.tributary.examples.command;

import io.tributary.examples.data.OrderGenerator;
import io.tributary.examples.pipeline.CheckedReplay;
import io.tributary.examples.pipeline.EmbeddedPipeline;
import io.tributary.examples.pipeline.TemporaryDirectory;
import io.tributary.retail.EnrichedOrder;
import io.tributary.view.View;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "watch",
        description = {
            "Watch a view change while made-up orders flow through the pipeline and the cut moves.",
            "A terminal shows one table, redrawn in place; a file or a pipe gets a table for each change. What has"
                    + " changed is green, unless NO_COLOR is set. Exits with 1 when an answer was wrong."
        })
final class WatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "A view or its lab; see the command 'views'.")
    private String name = "";

    @Mixin
    private DatasetOptions dataset = new DatasetOptions();

    @Mixin
    private SpeedOption speed = new SpeedOption();

    @Option(names = "--until-done", description = "End with the replay; without it, wait for Ctrl-C.")
    private boolean untilDone;

    @Override
    public Integer call() throws Exception {
        View<EnrichedOrder> view = ViewNames.find(spec, name);
        ReplayPace pace = speed.pace(untilDone);
        OrderGenerator generator = dataset.generator();
        try (UntilInterrupted process = UntilInterrupted.begin();
                TemporaryDirectory lake = TemporaryDirectory.create();
                EmbeddedPipeline pipeline = EmbeddedPipeline.start(lake.path(), List.of(view));
                Screen screen = Screen.open(System.getenv());
                Watching watching = new Watching(pipeline, view, screen, pace, generator.count())) {
            watching.start();
            new CheckedReplay(pipeline, List.of(view), watching, CheckedReplay.PATIENCE).run(generator);
            watching.draw();
            if (!untilDone && watching.wrong() == 0) {
                process.await();
            }
            return watching.wrong() == 0 ? 0 : 1;
        }
    }
}
