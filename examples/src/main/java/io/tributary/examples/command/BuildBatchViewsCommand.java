package io.tributary.examples.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "build-batch-views",
        description = {
            "Build batch views up to the newest sealed partition, with Athena, or of a local lake with DuckDB, and publish"
                    + " them as snapshots.",
            "Sealed partitions are added to Athena's table first. Where there is a snapshot already, only the partitions"
                    + " since its cut are read. Exits with 1 when a partition is missing; the rest is published."
        })
final class BuildBatchViewsCommand implements Callable<Integer> {
    @Mixin
    private ViewNames names = new ViewNames();

    @Mixin
    private BatchTarget target = new BatchTarget();

    @Mixin
    private CutOption cut = new CutOption();

    @Option(names = "--rebuild", description = "Read all partitions again.")
    private boolean rebuilt;

    @Override
    public Integer call() throws Exception {
        return target.use(session -> rebuilt
                ? BatchBuild.rebuild(session, names.views(), cut.instant(), false)
                : BatchBuild.refresh(session, names.views(), cut.instant()));
    }
}
