package io.tributary.examples.command;

import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.examples.option.Sections;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.snapshot.SnapshotStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

/** Where the lake, its engine and the snapshots are: on a local directory with DuckDB, or in a bucket with Athena. */
final class BatchTarget {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--lake", paramLabel = "DIR", description = "A local lake, which DuckDB reads.")
    private @Nullable Path lake;

    @Mixin
    private RemoteLake remote = new RemoteLake();

    @Option(
            names = "--views",
            paramLabel = "DIR|s3://BUCKET/PREFIX/",
            description = "Where the snapshots are (default: batch_views in the lake).")
    private @Nullable String views;

    @Mixin
    private FirehoseLag firehose = new FirehoseLag();

    /** Work with a lake, to be closed. */
    interface Use {
        int with(BatchSession session) throws Exception;
    }

    int use(Use use) throws Exception {
        if ((lake != null) == remote.orders().isGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid options: %s (give --lake for a local lake, or --database and --bucket for one on AWS)"
                            .formatted(lake == null ? "no lake is given" : "two lakes are given"));
        }
        return lake == null ? useAthena(use) : useDuckDb(lake, use);
    }

    private int useDuckDb(Path directory, Use use) throws Exception {
        BucketLake.refuse(spec);
        RemoteLake.refuse(spec);
        if (views != null && views.contains("://")) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid --views: %s (must be a directory, as --lake is one)".formatted(views));
        }
        LocalLake<EnrichedOrder> local = LakeDirectory.open(directory);
        Path snapshots = views == null ? directory.resolve("batch_views") : Path.of(views);
        try (DuckDbEngine engine =
                DuckDbEngine.start(remote.connection().library().get(Sections.DUCKDB))) {
            return use.with(new BatchSession(
                    local,
                    firehose.views(engine, local),
                    SnapshotStore.inDirectory(snapshots),
                    Registration.none(),
                    () -> 0L));
        }
    }

    private int useAthena(Use use) throws Exception {
        String snapshots = views == null ? remote.orders().bucket().root() + "batch_views/" : views;
        return remote.use(opened -> {
            CatalogueTables tables = opened.tables();
            BatchViews<EnrichedOrder> built = firehose.delivery()
                    .map(delivery -> BatchViews.on(opened.engine(), opened.lake(), tables.lines(), delivery))
                    .orElseGet(() -> BatchViews.on(opened.engine(), opened.lake(), tables.lines(), tables.copies()));
            return use.with(new BatchSession(
                    opened.lake(),
                    built,
                    inBucket(opened.s3(), snapshots),
                    (from, cut) -> {
                        tables.registerLines(built.partitions(from, cut));
                        if (firehose.delivery().isEmpty()) {
                            tables.registerCopies(from, cut);
                        }
                    },
                    () -> opened.engine().tally().scannedBytes()));
        });
    }

    private SnapshotStore inBucket(S3Client s3, String location) {
        return Usage.checked(spec, () -> SnapshotStore.inBucket(s3, location));
    }
}
