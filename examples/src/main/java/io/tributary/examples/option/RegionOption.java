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

/** In which region the services are. What is not given is found as the SDK finds it; so are the credentials, always. */
public final class RegionOption {
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--region-name",
            paramLabel = "REGION",
            description = "The region, such as ap-northeast-2 (default: that of the environment or the profile).")
    private @Nullable String regionName;

    /** Made by the command line. */
    public RegionOption() {}

    /** The region that was given; null to leave it to the SDK. */
    public @Nullable String name() {
        if (regionName != null && !REGION.matcher(regionName).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid --region-name: %s (must be such as ap-northeast-2)".formatted(regionName));
        }
        return regionName;
    }

    /**
     * A client of a service there.
     *
     * @param endpoint null to leave it to the SDK
     */
    public <B extends AwsClientBuilder<B, C>, C> C connect(B builder, @Nullable URI endpoint) throws IOException {
        String region = name();
        if (region != null) {
            builder.region(Region.of(region));
        }
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
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
