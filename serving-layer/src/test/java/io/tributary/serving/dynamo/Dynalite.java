package io.tributary.serving.dynamo;

import io.tributary.aws.testing.NodeEmulator;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** DynamoDB's emulator, with a new table for each store. */
final class Dynalite implements AutoCloseable {
    private final NodeEmulator emulator = NodeEmulator.dynamoDb();
    private final AtomicInteger tables = new AtomicInteger();
    private final DynamoDbClient client = client();

    /** A client that tries once, through interceptors. */
    DynamoDbClient client(ExecutionInterceptor... interceptors) {
        return DynamoDbClient.builder()
                .endpointOverride(emulator.endpoint())
                .region(Region.AP_NORTHEAST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "none")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> {
                    o.retryStrategy(AwsRetryStrategy.doNotRetry());
                    for (ExecutionInterceptor interceptor : interceptors) {
                        o.addExecutionInterceptor(interceptor);
                    }
                })
                .build();
    }

    DynamoDbClient shared() {
        return client;
    }

    String newTable() {
        String table = "speed-" + tables.incrementAndGet();
        try (DynamoSpeedStore store = DynamoSpeedStore.open(client, table, DynamoOptions.defaults())) {
            store.createTable();
        }
        return table;
    }

    @Override
    public void close() {
        client.close();
        emulator.close();
    }
}
