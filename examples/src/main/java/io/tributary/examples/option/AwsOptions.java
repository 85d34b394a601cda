package io.tributary.examples.option;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/** Which AWS a command talks to. */
public final class AwsOptions {
    @Mixin
    private RegionOption region = new RegionOption();

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            converter = HttpUrl.class,
            description = "Where the service is when it is not AWS itself, such as http://localhost:4567.")
    private @Nullable URI endpoint;

    /** Made by the command line. */
    public AwsOptions() {}

    /** Also that of services with endpoints of their own. */
    public RegionOption region() {
        return region;
    }

    /** The endpoint that was given; null to leave it to the SDK. */
    public @Nullable URI endpoint() {
        return endpoint;
    }

    /** A client of what was given. */
    public <B extends AwsClientBuilder<B, C>, C> C connect(B builder) throws IOException {
        return region.connect(builder, endpoint);
    }
}
