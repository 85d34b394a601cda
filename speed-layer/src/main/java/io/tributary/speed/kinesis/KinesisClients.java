package io.tributary.speed.kinesis;

import java.io.Serializable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;

/** Makes the clients of the enumerator and the readers, each where it runs. */
@FunctionalInterface
interface KinesisClients extends Serializable {
    KinesisClient open(KinesisSourceOptions options);

    /** By the SDK's own chain. It never retries: the source does, without holding up other shards. */
    static KinesisClientBuilder builder(KinesisSourceOptions options) {
        KinesisClientBuilder builder = KinesisClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        if (options.region() != null) {
            builder.region(Region.of(options.region()));
        }
        if (options.endpoint() != null) {
            builder.endpointOverride(options.endpoint());
        }
        return builder;
    }
}
