package io.tributary.aws;

import java.util.List;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Builds the request of a batch. The SDK does not retry it: only the publisher knows which records to send
 * again, and has to know which may be written twice.
 */
record PutRequest(String stream, PublisherOptions options) {

    <R> PutRecordsRequest of(List<Envelope<R>> batch) {
        List<PutRecordsRequestEntry> entries = batch.stream()
                .map(envelope -> PutRecordsRequestEntry.builder()
                        .partitionKey(envelope.key())
                        .data(SdkBytes.fromByteArrayUnsafe(envelope.data()))
                        .build())
                .toList();
        return PutRecordsRequest.builder()
                .streamName(stream)
                .records(entries)
                .overrideConfiguration(call -> call.apiCallTimeout(options.requestTimeout())
                        .addPlugin(client -> client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                                .retryStrategy(AwsRetryStrategy.doNotRetry())
                                .build())))
                .build();
    }
}
