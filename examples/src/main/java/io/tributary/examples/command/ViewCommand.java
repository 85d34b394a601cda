package io.tributary.examples.command;

import io.tributary.codec.JsonLines;
import io.tributary.examples.option.UtcHour;
import io.tributary.examples.pipeline.OneView;
import io.tributary.examples.pipeline.TemporaryDirectory;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.Answer;
import io.tributary.view.View;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "view",
        description = {
            "Answer a view over a file of enriched orders with the real engines.",
            "The batch layer is a lake in a temporary directory and DuckDB, the speed layer is Flink; merged asks the"
                    + " batch layer before the cut and the speed layer from it on. An order's partition is the hour of"
                    + " its event_time, in UTC."
        })
final class ViewCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "A view or its lab; see the command 'views'.")
    private String name = "";

    @Option(
            names = "--orders",
            required = true,
            paramLabel = "FILE.ndjson",
            description = "Enriched orders, as JSON lines.")
    private Path orders = Path.of("");

    @Option(
            names = "--layer",
            defaultValue = "merged",
            description = "Which layer answers: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OneView.Layer layer = OneView.Layer.MERGED;

    @Option(
            names = "--cut",
            paramLabel = "yyyy-MM-ddTHH",
            converter = UtcHour.class,
            description =
                    "The hour, in UTC, before which the batch layer answers and from which on the speed layer does"
                            + " (default: for merged the newest hour that has orders, else all of them).")
    private @Nullable Instant cut;

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws Exception {
        View<EnrichedOrder> view = ViewNames.find(spec, name);
        try (TemporaryDirectory lake = TemporaryDirectory.create();
                OneView run = OneView.start(view, layer, lake.path())) {
            new RecordFile<>(orders, JsonLines.of(EnrichedOrder.SCHEMA)).forEach(run::accept);
            Answer answer = run.answer(cut);
            format.print(answer);
            return answer.coverage().isComplete() ? 0 : 1;
        }
    }
}
