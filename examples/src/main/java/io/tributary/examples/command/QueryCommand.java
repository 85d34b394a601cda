package io.tributary.examples.command;

import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.DuckDbOptions;
import io.tributary.examples.option.LibraryOptions;
import io.tributary.examples.option.Sections;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.Answer;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "query",
        description = {
            "Ask the workshop's ad-hoc queries of a lake, with DuckDB over its sealed partitions, or over what Firehose"
                    + " has delivered.",
            "Exits with 1 when a partition is missing, torn or not sealed; the rest is printed all the same."
        })
final class QueryCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "QUERY",
            description = "${COMPLETION-CANDIDATES}: sales by day, by day and hour, or by category.")
    private AdHoc query = AdHoc.DAILY;

    @Option(names = "--lake", required = true, paramLabel = "DIR", description = "The lake.")
    private Path lake = Path.of("");

    @Mixin
    private FirehoseLag firehose = new FirehoseLag();

    @Mixin
    private LibraryOptions library = new LibraryOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        DuckDbOptions options = library.get(Sections.DUCKDB);
        LocalLake<EnrichedOrder> orders = LakeDirectory.open(lake);
        Optional<Instant> end = orders.newestPartition().map(Partition::end);
        try (DuckDbEngine engine = DuckDbEngine.start(options)) {
            BatchViews<EnrichedOrder> views = firehose.views(engine, orders);
            Instant cut = (firehose.delivery().isPresent() ? views.newestCut() : end)
                    .orElseThrow(() -> new IOException(
                            "Cannot query %s: it has no partitions (fill it with 'ingest')".formatted(lake)));
            View<EnrichedOrder> view = query.view();
            Answer answer = LambdaView.of(view, views.build(view, cut), InMemorySpeedStore.create())
                    .read();
            format.print(answer);
            return answer.coverage().isComplete() ? 0 : 1;
        }
    }
}
