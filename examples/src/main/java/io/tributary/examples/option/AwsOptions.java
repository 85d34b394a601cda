package io.tributary.examples.option;

import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/** Which AWS a command talks to. What is not given is found as the SDK finds it; so are the credentials, always. */
public final class AwsOptions {
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--region-name",
            paramLabel = "REGION",
            description = "The region, such as ap-northeast-2 (default: that of the environment or the profile).")
    private @Nullable String regionName;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            converter = HttpUrl.class,
            description = "Where the service is when it is not AWS itself, such as http://localhost:4567.")
    private @Nullable URI endpoint;

    /** Made by the command line. */
    public AwsOptions() {}

    /** The region that was given; null to leave it to the SDK. */
    public @Nullable String region() {
        if (regionName != null && !REGION.matcher(regionName).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid --region-name: %s (must be such as ap-northeast-2)".formatted(regionName));
        }
        return regionName;
    }

    /** The endpoint that was given; null to leave it to the SDK. */
    public @Nullable URI endpoint() {
        return endpoint;
    }

    /** A client of what was given. */
    public <B extends AwsClientBuilder<B, C>, C> C connect(B builder) throws IOException {
        return connect(builder, endpoint);
    }

    /**
     * A client of another service in the same region.
     *
     * @param override its endpoint; null to leave it to the SDK
     */
    public <B extends AwsClientBuilder<B, C>, C> C connect(B builder, @Nullable URI override) throws IOException {
        String region = region();
        if (region != null) {
            builder.region(Region.of(region));
        }
        if (override != null) {
            builder.endpointOverride(override);
        }
        try {
            return builder.build();
        } catch (SdkClientException e) {
            if (region == null && String.valueOf(e.getMessage()).startsWith("Unable to load region")) {
                throw new IOException("Cannot find out the region (give --region-name, or set AWS_REGION)", e);
            }
            throw e;
        }
    }
}
