package io.tributary.examples.command;

import io.tributary.batch.query.AthenaEngine;
import io.tributary.batch.query.AthenaOptions;
import io.tributary.examples.option.AwsOptions;
import io.tributary.examples.option.LibraryOptions;
import io.tributary.examples.option.RegionOption;
import io.tributary.examples.option.Sections;
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
    private LibraryOptions library = new LibraryOptions();

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Option(
            names = "--workgroup",
            paramLabel = "NAME",
            description = "The workgroup of the queries (default: primary, or athena.workGroup).")
    private @Nullable String workGroup;

    @Option(
            names = "--output-location",
            paramLabel = "s3://BUCKET/PREFIX/",
            description = "Where Athena puts results (default: athena.outputLocation, or that of the workgroup).")
    private @Nullable String outputLocation;

    RegionOption region() {
        return aws.region();
    }

    AthenaClient client() throws IOException {
        return aws.connect(AthenaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()));
    }

    LibraryOptions library() {
        return library;
    }

    /** An engine on a client, which stays the caller's, to close. */
    AthenaEngine engine(AthenaClient client, UnaryOperator<AthenaOptions> more) throws IOException {
        AthenaOptions given = library.get(Sections.ATHENA);
        return Usage.checked(spec, () -> {
            AthenaOptions options = workGroup == null ? given : given.withWorkGroup(workGroup);
            return AthenaEngine.on(
                    client, more.apply(outputLocation == null ? options : options.withOutputLocation(outputLocation)));
        });
    }
}
