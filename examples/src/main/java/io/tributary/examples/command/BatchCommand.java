package io.tributary.examples.command;

import io.tributary.examples.option.UtcHour;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "batch",
        description = {
            "Build batch views up to a cut and publish them as snapshots, on a local lake or on AWS.",
            "Of several builders who began at the same snapshot one succeeds; no cut goes back."
        },
        subcommands = {BatchCommand.Refresh.class, BatchCommand.Rebuild.class, BatchCommand.Seal.class})
final class BatchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing required command: refresh, rebuild or seal");
    }

    @Command(
            name = "refresh",
            description = {
                "Move the snapshots of views to a new cut: only the partitions since their old cut are read.",
                "Where there is no snapshot yet, one is built. Fails when the partitions before the old cut are no longer"
                        + " sealed as they were; then use 'batch rebuild'. Exits with 1 when a partition is missing."
            })
    static final class Refresh implements Callable<Integer> {
        @Mixin
        private ViewNames names = new ViewNames();

        @Mixin
        private BatchTarget target = new BatchTarget();

        @Mixin
        private CutOption cut = new CutOption();

        @Override
        public Integer call() throws Exception {
            return target.use(session -> BatchBuild.refresh(session, names.views(), cut.instant()));
        }
    }

    @Command(
            name = "rebuild",
            description = {
                "Build the snapshots of views from scratch, over all sealed partitions before a cut.",
                "Exits with 1 when a partition is missing; the rest is published all the same."
            })
    static final class Rebuild implements Callable<Integer> {
        @Mixin
        private ViewNames names = new ViewNames();

        @Mixin
        private BatchTarget target = new BatchTarget();

        @Mixin
        private CutOption cut = new CutOption();

        @Option(
                names = "--anew",
                description = "Replace also a snapshot of another definition of the view, and one that cannot be read.")
        private boolean anew;

        @Override
        public Integer call() throws Exception {
            return target.use(session -> BatchBuild.rebuild(session, names.views(), cut.instant(), anew));
        }
    }

    @Command(
            name = "seal",
            description = {
                "Seal a partition that no job will: its manifest names the files that are in it now.",
                "Such is one in which a speed job has left files that was then started again without its state. Wait until"
                        + " the job has logged that it leaves the partition: what comes later fails the job. To seal a"
                        + " partition again changes nothing."
            })
    static final class Seal implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(
                paramLabel = "yyyy-MM-ddTHH",
                converter = UtcHour.class,
                description = "The hour of the partition, in UTC.")
        private Instant hour = Instant.MIN;

        @Mixin
        private SealTarget target = new SealTarget();

        @Override
        public Integer call() throws Exception {
            Instant now = InstantSource.system().instant();
            return target.use(lake -> {
                Partition partition = lake.layout().partitionOf(hour);
                if (partition.end().isAfter(now)) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "Cannot seal %s: it lasts until %s (wait until then)"
                                    .formatted(partition, partition.end()));
                }
                if (lake.visible(partition).isEmpty()) {
                    throw new IOException("Cannot seal %s: no file is there (check the hour)".formatted(partition));
                }
                Manifest manifest = lake.seal(partition);
                System.err.printf(
                        "sealed %s: %,d records in %d files%n",
                        partition, manifest.records(), manifest.files().size());
                return 0;
            });
        }
    }
}
