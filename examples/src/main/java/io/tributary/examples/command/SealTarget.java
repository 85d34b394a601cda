package io.tributary.examples.command;

import io.tributary.batch.lake.ListedLake;
import io.tributary.examples.option.RegionOption;
import io.tributary.retail.EnrichedOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

/** In which lake a partition is sealed: on a local directory, or in a bucket. */
final class SealTarget {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--lake", paramLabel = "DIR", description = "A local lake.")
    private @Nullable Path lake;

    @Mixin
    private BucketLake bucket = new BucketLake();

    @Mixin
    private RegionOption region = new RegionOption();

    /** Work with a lake, which is closed after it. */
    interface Use {
        int with(ListedLake<EnrichedOrder> lake) throws Exception;
    }

    int use(Use use) throws Exception {
        if ((lake != null) == bucket.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid options: %s (give --lake for a local lake, or --bucket or --location for one on S3)"
                            .formatted(lake == null ? "no lake is given" : "two lakes are given"));
        }
        if (lake != null) {
            BucketLake.refuse(spec);
            return use.with(LakeDirectory.open(lake));
        }
        try (S3Client s3 = bucket.s3(region)) {
            return use.with(bucket.lake(s3));
        }
    }
}
