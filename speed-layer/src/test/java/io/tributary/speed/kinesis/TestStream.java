package io.tributary.speed.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A stream of numbers on the emulator; each number has the key {@code number % 8}, so a key's numbers ascend. */
record TestStream(KinesisClient client, String name) {
    static final int KEYS = 8;

    static TestStream create(KinesisClient client, String name, int shards) throws InterruptedException {
        client.createStream(request -> request.streamName(name).shardCount(shards));
        TestStream stream = new TestStream(client, name);
        stream.awaitActive();
        return stream;
    }

    private void awaitActive() throws InterruptedException {
        while (client.describeStreamSummary(request -> request.streamName(name))
                        .streamDescriptionSummary()
                        .streamStatus()
                != StreamStatus.ACTIVE) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    void publish(int from, int to) {
        // One by one: a batch leaves the order of a key's records open.
        IntStream.range(from, to)
                .forEach(number -> client.putRecord(request -> request.streamName(name)
                        .partitionKey("key-" + number % KEYS)
                        .data(bytes(number))));
    }

    void publishTo(Shard shard, int from, int to) {
        List<PutRecordsRequestEntry> entries = IntStream.range(from, to)
                .mapToObj(number -> PutRecordsRequestEntry.builder()
                        .partitionKey("key")
                        .explicitHashKey(shard.hashKeyRange().startingHashKey())
                        .data(bytes(number))
                        .build())
                .toList();
        client.putRecords(request -> request.streamName(name).records(entries));
    }

    private static SdkBytes bytes(int number) {
        return SdkBytes.fromString("" + number, UTF_8);
    }

    List<Shard> openShards() {
        return client.listShards(request -> request.streamName(name)).shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .sorted(Comparator.comparing(
                        shard -> new BigInteger(shard.hashKeyRange().startingHashKey())))
                .toList();
    }

    void splitFirst() throws InterruptedException {
        Shard first = openShards().get(0);
        BigInteger low = new BigInteger(first.hashKeyRange().startingHashKey());
        BigInteger high = new BigInteger(first.hashKeyRange().endingHashKey());
        client.splitShard(request -> request.streamName(name)
                .shardToSplit(first.shardId())
                .newStartingHashKey(low.add(high).shiftRight(1).toString()));
        awaitActive();
    }

    void mergeFirstTwo() throws InterruptedException {
        List<Shard> open = openShards();
        client.mergeShards(request -> request.streamName(name)
                .shardToMerge(open.get(0).shardId())
                .adjacentShardToMerge(open.get(1).shardId()));
        awaitActive();
    }
}
