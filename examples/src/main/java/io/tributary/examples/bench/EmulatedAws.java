package io.tributary.examples.bench;

import io.tributary.aws.testing.NodeEmulator;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Clients of emulators, which ask for no real credentials. */
final class EmulatedAws {
    private static final AwsCredentialsProvider ANY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private EmulatedAws() {}

    static DynamoDbAsyncClient dynamoDb(NodeEmulator emulator) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(emulator.endpoint())
                .region(Region.AP_NORTHEAST_2)
                .credentialsProvider(ANY)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
    }

    static KinesisAsyncClient kinesis(NodeEmulator emulator) {
        return KinesisAsyncClient.builder()
                .endpointOverride(emulator.endpoint())
                .region(Region.AP_NORTHEAST_2)
                .credentialsProvider(ANY)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .protocol(Protocol.HTTP1_1)
                        .readTimeout(PATIENCE))
                .overrideConfiguration(configuration -> configuration.apiCallAttemptTimeout(PATIENCE))
                .build();
    }
}
