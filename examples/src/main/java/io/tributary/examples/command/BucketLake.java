package io.tributary.examples.command;

import io.tributary.batch.athena.LakeLocation;
import io.tributary.batch.lake.S3Lake;
import io.tributary.examples.option.RegionOption;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.s3.S3Client;

/** The lake of the orders in a bucket. */
final class BucketLake {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--bucket", paramLabel = "NAME", description = "The bucket of the lake.")
    private @Nullable String bucket;

    @Option(
            names = "--location",
            paramLabel = "s3://BUCKET/PREFIX",
            description = "The lake, when it is not all of a bucket; data/stream_data lies below it.")
    private @Nullable String location;

    @Mixin
    private S3Connection s3 = new S3Connection();

    /** Refuses what a local lake does not heed. */
    static void refuse(CommandSpec spec) {
        Usage.refuse(
                spec,
                "with --lake (no AWS is asked then; leave it out)",
                "--region-name",
                "--endpoint-url",
                "--s3-endpoint-url");
    }

    boolean isGiven() {
        return bucket != null || location != null;
    }

    LakeLocation location() {
        if (location != null && bucket == null) {
            return new LakeLocation(location, RetailLake.LAYOUT);
        }
        if (location != null) {
            throw new IllegalArgumentException("Invalid options: --bucket and --location (give one of them)");
        }
        if (bucket == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--bucket=NAME'");
        }
        return LakeLocation.bucket(bucket, RetailLake.LAYOUT);
    }

    /** The lake's directory, with its last slash. */
    String root() {
        return Usage.checked(spec, this::location).root() + "/";
    }

    S3Client s3(RegionOption region) throws IOException {
        return s3.client(region);
    }

    S3Lake<EnrichedOrder> lake(S3Client client) {
        return Usage.checked(spec, () -> S3Lake.at(client, root(), RetailLake.LAYOUT, EnrichedOrder.SCHEMA));
    }
}
