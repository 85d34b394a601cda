package io.tributary.examples.command;

import io.tributary.batch.Compaction;
import io.tributary.batch.CompactionOptions;
import io.tributary.batch.lake.ListedLake;
import io.tributary.batch.lake.S3Lake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.DuckDbOptions;
import io.tributary.examples.option.Sections;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

/** Which lake is compacted, and by which engine: DuckDB, or Athena where its database is given. */
final class CompactionTarget {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--lake", paramLabel = "DIR", description = "A local lake.")
    private @Nullable Path lake;

    @Mixin
    private RemoteLake remote = new RemoteLake();

    /** Work with a lake, to be closed. */
    interface Use {
        int with(Session session) throws IOException;
    }

    /** A lake, what compacts it, and what has to be told of it before and after. */
    record Session(
            ListedLake<EnrichedOrder> lake,
            Compaction<EnrichedOrder> compaction,
            Registration before,
            Registration after) {}

    int use(Use use) throws Exception {
        DuckDbOptions duckDb = remote.connection().library().get(Sections.DUCKDB);
        CompactionOptions options = remote.connection().library().get(Sections.COMPACTION);
        if ((lake != null) == remote.orders().isGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid options: %s (give --lake for a local lake, --bucket or --location for one on S3, and --database, too, to have Athena compact it)"
                            .formatted(lake == null ? "no lake is given" : "two lakes are given"));
        }
        if (remote.orders().isCatalogued()) {
            return useAthena(use);
        }
        if (lake != null) {
            BucketLake.refuse(spec);
        }
        RemoteLake.refuse(spec);
        try (DuckDbEngine engine = DuckDbEngine.start(duckDb)) {
            if (lake != null) {
                return use.with(byDuckDb(engine, LakeDirectory.open(lake), options));
            }
            try (S3Client s3 = remote.orders().bucket().s3(remote.connection().region())) {
                return use.with(byDuckDb(engine, remote.orders().bucket().lake(s3), options));
            }
        }
    }

    private static Session byDuckDb(DuckDbEngine engine, ListedLake<EnrichedOrder> lake, CompactionOptions options) {
        return new Session(lake, Compaction.on(engine, lake, options), Registration.none(), Registration.none());
    }

    private int useAthena(Use use) throws Exception {
        return remote.use(opened -> use.with(new Session(
                opened.lake(),
                Compaction.on(opened.engine(), opened.lake(), opened.tables().json()),
                (from, cut) -> opened.tables().registerLines(open(opened.lake(), from, cut)),
                opened.tables()::registerCopies)));
    }

    private static List<Partition> open(S3Lake<EnrichedOrder> lake, Instant from, Instant cut) throws IOException {
        return lake.contents(from, cut).partitions().stream()
                .filter(partition -> partition.parquet() == null)
                .map(partition -> partition.partition())
                .toList();
    }
}
