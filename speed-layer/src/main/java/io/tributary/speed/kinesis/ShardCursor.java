package io.tributary.speed.kinesis;

import io.tributary.aws.SdkReason;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads one shard, fetch by fetch, and knows when it is next to be read. */
final class ShardCursor {
    // The service tells its time in whole seconds, and is many machines.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final KinesisSplit split;
    private final Retry retry = new Retry();
    private @Nullable BigInteger after;
    private @Nullable String iterator;
    private boolean finished;
    private boolean pastEnd;
    private Duration behind = Duration.ZERO;
    private long fetchedNanos;
    private long dueNanos;

    ShardCursor(KinesisSplit split, long dueNanos) {
        this.split = split;
        this.after = split.after();
        this.dueNanos = dueNanos;
        this.fetchedNanos = dueNanos;
    }

    String shardId() {
        return split.shardId();
    }

    Retry retry() {
        return retry;
    }

    long dueNanos() {
        return dueNanos;
    }

    void dueAt(long nanos) {
        dueNanos = nanos;
    }

    /** Whether the shard is closed and has been read to its end, or has been read to the wanted end. */
    boolean isFinished() {
        return finished;
    }

    /** How far the last fetch was behind the end of the shard, and how long ago it was. */
    Duration behind(long nowNanos) {
        return behind.plusNanos(nowNanos - fetchedNanos);
    }

    List<KinesisRecord> fetch(KinesisClient client, String stream, int most, @Nullable Instant until) {
        GetRecordsResponse response = getRecords(client, stream, most);
        List<KinesisRecord> records = new ArrayList<>(response.records().size());
        for (Record record : response.records()) {
            Instant arrival = record.approximateArrivalTimestamp();
            if (until != null && !arrival.isBefore(until)) {
                finished = true;
                break;
            }
            after = new BigInteger(record.sequenceNumber());
            records.add(new KinesisRecord(
                    record.data().asByteArrayUnsafe(), record.partitionKey(), shardId(), after, arrival));
        }
        iterator = response.nextShardIterator();
        finished |= iterator == null;
        Long millis = response.millisBehindLatest();
        behind = millis == null ? Duration.ZERO : Duration.ofMillis(millis);
        fetchedNanos = System.nanoTime();
        // The end had passed before this fetch, which then misses nothing that arrived before it.
        finished |= pastEnd && response.records().isEmpty() && behind.isZero();
        pastEnd = until != null && !serviceTime(response).isBefore(until.plus(GRACE));
        return records;
    }

    private Instant serviceTime(GetRecordsResponse response) {
        return response.sdkHttpResponse()
                .firstMatchingHeader("Date")
                .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
                .orElseThrow(() -> new IllegalStateException(
                        "Cannot end shard %s: the service's answer has no Date".formatted(shardId())));
    }

    private GetRecordsResponse getRecords(KinesisClient client, String stream, int most) {
        String current = iterator != null ? iterator : newIterator(client, stream);
        try {
            return client.getRecords(request -> request.shardIterator(current).limit(most));
        } catch (ExpiredIteratorException e) {
            iterator = null;
            throw e;
        }
    }

    private String newIterator(KinesisClient client, String stream) {
        // Kept for a retry of the read alone: iterators have a rate limit too.
        try {
            iterator = client.getShardIterator(
                            request -> from(request.streamName(stream).shardId(shardId())))
                    .shardIterator();
        } catch (InvalidArgumentException e) {
            if (after == null && split.start() instanceof StartPosition.AtTimestamp at) {
                throw RetryableException.builder()
                        .message("the service may not have reached %s by its clock: %s"
                                .formatted(at.instant(), SdkReason.of(e)))
                        .cause(e)
                        .build();
            }
            throw e;
        }
        return iterator;
    }

    private void from(GetShardIteratorRequest.Builder request) {
        if (after != null) {
            request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER).startingSequenceNumber(after.toString());
        } else if (split.start() instanceof StartPosition.AtTimestamp at) {
            request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(at.instant());
        } else {
            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        }
    }
}
