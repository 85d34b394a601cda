package io.tributary.speed.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Shards in memory, numbered from 1, that answer reads and keep when they were read. */
final class FakeKinesis implements KinesisClient {
    final Map<String, List<Record>> shards = new TreeMap<>();
    final Map<String, List<Long>> readNanos = new HashMap<>();
    final List<GetShardIteratorRequest> iterators = new ArrayList<>();
    Instant time = Instant.EPOCH;
    private final Map<String, Queue<SdkException>> failures = new HashMap<>();
    private final Queue<SdkException> iteratorFailures = new ArrayDeque<>();
    private final List<String> closed = new ArrayList<>();

    void put(String shard, String data, Instant arrival) {
        List<Record> records = shards.computeIfAbsent(shard, id -> new ArrayList<>());
        records.add(Record.builder()
                .data(SdkBytes.fromUtf8String(data))
                .partitionKey("key")
                .sequenceNumber("" + (records.size() + 1))
                .approximateArrivalTimestamp(arrival)
                .build());
    }

    void close(String shard) {
        closed.add(shard);
    }

    void failNextReads(String shard, SdkException... exceptions) {
        failures.computeIfAbsent(shard, id -> new ArrayDeque<>()).addAll(List.of(exceptions));
    }

    void failNextIterator(SdkException exception) {
        iteratorFailures.add(exception);
    }

    Duration shortestPause(String shard) {
        List<Long> nanos = readNanos.get(shard);
        long shortest = Long.MAX_VALUE;
        for (int i = 1; i < nanos.size(); i++) {
            shortest = Math.min(shortest, nanos.get(i) - nanos.get(i - 1));
        }
        return Duration.ofNanos(shortest);
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
        iterators.add(request);
        SdkException failure = iteratorFailures.poll();
        if (failure != null) {
            throw failure;
        }
        String after = request.startingSequenceNumber() == null ? "0" : request.startingSequenceNumber();
        return GetShardIteratorResponse.builder()
                .shardIterator(request.shardId() + ":" + after)
                .build();
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
        String[] iterator = request.shardIterator().split(":", -1);
        String shard = iterator[0];
        readNanos.computeIfAbsent(shard, id -> new ArrayList<>()).add(System.nanoTime());
        SdkException failure = failures.getOrDefault(shard, new ArrayDeque<>()).poll();
        if (failure != null) {
            throw failure;
        }
        List<Record> all = shards.getOrDefault(shard, List.of());
        int from = Integer.parseInt(iterator[1]);
        int to = Math.min(all.size(), from + request.limit());
        GetRecordsResponse.Builder response = GetRecordsResponse.builder();
        response.sdkHttpResponse(SdkHttpResponse.builder()
                .putHeader("date", DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)))
                .build());
        return response.records(all.subList(from, to))
                .nextShardIterator(closed.contains(shard) && to == all.size() ? null : shard + ":" + to)
                .millisBehindLatest(to == all.size() ? 0L : 1L)
                .build();
    }

    @Override
    public String serviceName() {
        return "kinesis";
    }

    @Override
    public void close() {}
}
