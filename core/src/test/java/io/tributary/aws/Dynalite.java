package io.tributary.aws;

import io.tributary.aws.testing.NodeEmulator;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** One emulator for all tests of this JVM, with a table of its own for each that asks. */
final class Dynalite {
    static final Duration IMPATIENCE = Duration.ofMillis(700);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final AtomicInteger TABLES = new AtomicInteger();

    private Dynalite() {}

    private static final class Started {
        private static final NodeEmulator EMULATOR = NodeEmulator.dynamoDb();
    }

    static URI endpoint() {
        return Started.EMULATOR.endpoint();
    }

    static DynamoDbAsyncClient client() {
        return client(endpoint(), DefaultRetryStrategy.standardStrategyBuilder().build(), PATIENCE);
    }

    /** A client that repeats nothing by itself. */
    static DynamoDbAsyncClient client(URI endpoint) {
        return client(endpoint, DefaultRetryStrategy.doNotRetry(), PATIENCE);
    }

    /** The same, which does not wait long. Not for the emulator itself, which dies of a request that is broken off. */
    static DynamoDbAsyncClient impatientClient(URI endpoint) {
        return client(endpoint, DefaultRetryStrategy.doNotRetry(), IMPATIENCE);
    }

    private static DynamoDbAsyncClient client(URI endpoint, RetryStrategy retries, Duration patience) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.AP_NORTHEAST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .overrideConfiguration(
                        configuration -> configuration.retryStrategy(retries).apiCallAttemptTimeout(patience))
                .build();
    }

    static String freshName() {
        return "table_" + TABLES.incrementAndGet();
    }

    /** A new table of the given items. */
    static <V> DynamoTable<V> create(DynamoDbAsyncClient client, DynamoItems<V> items) {
        DynamoTable<V> table = DynamoTable.of(client, freshName(), items);
        table.createIfMissing();
        return table;
    }
}
