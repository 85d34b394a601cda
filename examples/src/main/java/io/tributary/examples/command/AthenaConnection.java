package io.tributary.examples.command;

import io.tributary.batch.query.AthenaEngine;
import io.tributary.batch.query.AthenaOptions;
import io.tributary.examples.option.AwsOptions;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.athena.AthenaClient;

/** Which Athena a command talks to, and how its queries run. */
final class AthenaConnection {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Option(
            names = "--workgroup",
            paramLabel = "NAME",
            defaultValue = "primary",
            description = "The workgroup of the queries (default: ${DEFAULT-VALUE}).")
    private String workGroup = "";

    @Option(
            names = "--output-location",
            paramLabel = "s3://BUCKET/PREFIX/",
            description = "Where Athena puts results (default: that of the workgroup).")
    private @Nullable String outputLocation;

    AwsOptions aws() {
        return aws;
    }

    AthenaClient client() throws IOException {
        return aws.connect(AthenaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
    }

    /** An engine on a client, which stays the caller's, to close. */
    AthenaEngine engine(AthenaClient client, UnaryOperator<AthenaOptions> more) {
        return Usage.checked(spec, () -> {
            AthenaOptions options = AthenaOptions.defaults().withWorkGroup(workGroup);
            return AthenaEngine.on(
                    client, more.apply(outputLocation == null ? options : options.withOutputLocation(outputLocation)));
        });
    }
}
