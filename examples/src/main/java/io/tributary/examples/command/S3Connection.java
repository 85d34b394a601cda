package io.tributary.examples.command;

import io.tributary.examples.option.HttpUrl;
import io.tributary.examples.option.RegionOption;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Which S3 a command talks to, beside the other services. */
final class S3Connection {
    @Option(
            names = "--s3-endpoint-url",
            paramLabel = "URL",
            converter = HttpUrl.class,
            description = "Where S3 is when it is not AWS itself, such as http://localhost:9090.")
    private @Nullable URI endpoint;

    S3Client client(RegionOption region) throws IOException {
        return region.connect(
                S3Client.builder()
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .forcePathStyle(endpoint != null),
                endpoint);
    }
}
