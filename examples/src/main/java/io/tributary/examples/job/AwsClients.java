package io.tributary.examples.job;

import io.tributary.serving.dynamo.DynamoSpeedStore;
import io.tributary.speed.kinesis.KinesisSourceOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Makes the clients of a job's tasks, with the region and the endpoint that the job was given. */
record AwsClients(@Nullable String region, @Nullable URI endpoint) implements DynamoSpeedStore.ClientFactory {
    @Override
    public DynamoDbClient create() {
        DynamoDbClientBuilder builder = dynamo();
        if (region != null) {
            builder.region(Region.of(region));
        }
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    static DynamoDbClientBuilder dynamo() {
        return DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    KinesisSourceOptions kinesis(KinesisSourceOptions given) {
        KinesisSourceOptions options = given;
        if (region != null) {
            options = options.withRegion(region);
        }
        return endpoint == null ? options : options.withEndpoint(endpoint);
    }
}
