package io.tributary.speed.kinesis;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsRemoval;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * Reads the shards of one reader in turn: the one that has been due for longest comes first, and each is due
 * again one poll interval later, so that a busy shard takes no turn from a quiet one. A throttled shard waits
 * alone.
 */
final class ShardFetcher implements SplitReader<KinesisRecord, KinesisSplit> {
    private static final RecordsWithSplitIds<KinesisRecord> NOTHING = new RecordsBySplits<>(Map.of(), Set.of());

    private final KinesisClient client;
    private final String stream;
    private final KinesisSourceOptions options;
    private final @Nullable Instant until;
    private final InstantSource clock;
    private final Map<String, ShardCursor> cursors = new LinkedHashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final List<String> added = new ArrayList<>();
    private final Semaphore wakeUps = new Semaphore(0);

    ShardFetcher(
            KinesisClient client,
            String stream,
            KinesisSourceOptions options,
            @Nullable Instant until,
            InstantSource clock) {
        this.client = client;
        this.stream = stream;
        this.options = options;
        this.until = until;
        this.clock = clock;
    }

    @Override
    public RecordsWithSplitIds<KinesisRecord> fetch() throws IOException {
        if (!added.isEmpty()) {
            return announced();
        }
        long now = System.nanoTime();
        Optional<ShardCursor> next = cursors.values().stream()
                .filter(cursor -> !paused.contains(cursor.shardId()))
                .min(Comparator.comparingLong(cursor -> cursor.dueNanos() - now));
        long wait = next.map(cursor -> cursor.dueNanos() - now).orElse(Long.MAX_VALUE);
        if (isWokenWithin(wait) || next.isEmpty()) {
            return NOTHING;
        }
        return fetch(next.get());
    }

    /** No records yet, but each new shard: its watermark then holds back that of the reader from the start. */
    private RecordsWithSplitIds<KinesisRecord> announced() {
        Map<String, Collection<KinesisRecord>> empty = new HashMap<>();
        added.forEach(id -> empty.put(id, List.of()));
        added.clear();
        return new RecordsBySplits<>(empty, Set.of());
    }

    private boolean isWokenWithin(long nanos) {
        try {
            boolean woken = wakeUps.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            wakeUps.drainPermits();
            return woken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private RecordsWithSplitIds<KinesisRecord> fetch(ShardCursor cursor) throws IOException {
        long started = System.nanoTime();
        // Asked before the fetch: what arrives before the end and after this instant is then still found.
        boolean pastEnd = until != null && !clock.instant().isBefore(until);
        List<KinesisRecord> records;
        try {
            records = cursor.fetch(client, stream, options.maxRecordsPerFetch(), until);
        } catch (ResourceNotFoundException e) {
            throw new IOException(
                    "Cannot read shard %s of stream %s: it is gone with its records (raise the stream's retention, and start anew without this state): %s"
                            .formatted(cursor.shardId(), stream, e.getMessage()),
                    e);
        } catch (AbortedException e) {
            Thread.currentThread().interrupt();
            return NOTHING;
        } catch (SdkException e) {
            String what = "read shard %s of stream %s".formatted(cursor.shardId(), stream);
            cursor.dueAt(System.nanoTime() + cursor.retry().after(e, what).toNanos());
            return NOTHING;
        }
        cursor.retry().succeeded();
        cursor.dueAt(started + options.pollInterval().toNanos());
        if (pastEnd && cursor.isCaughtUp()) {
            cursor.finish();
        }
        Set<String> finished = Set.of();
        if (cursor.isFinished()) {
            cursors.remove(cursor.shardId());
            finished = Set.of(cursor.shardId());
        }
        return new RecordsBySplits<>(Map.of(cursor.shardId(), records), finished);
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KinesisSplit> change) {
        if (change instanceof SplitsAddition) {
            for (KinesisSplit split : change.splits()) {
                cursors.put(split.shardId(), new ShardCursor(split, System.nanoTime()));
                added.add(split.shardId());
            }
        } else if (change instanceof SplitsRemoval) {
            for (KinesisSplit split : change.splits()) {
                cursors.remove(split.shardId());
                added.remove(split.shardId());
            }
        }
    }

    @Override
    public void pauseOrResumeSplits(Collection<KinesisSplit> toPause, Collection<KinesisSplit> toResume) {
        toPause.forEach(split -> paused.add(split.shardId()));
        toResume.forEach(split -> paused.remove(split.shardId()));
    }

    @Override
    public void wakeUp() {
        wakeUps.release();
    }

    @Override
    public void close() {
        client.close();
    }
}
