package io.tributary.speed.kinesis;

import io.tributary.aws.SdkReason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
final class ShardFetcher implements SplitReader<Fetched, KinesisSplit> {
    private static final RecordsWithSplitIds<Fetched> NOTHING = new RecordsBySplits<>(Map.of(), Set.of());

    private static final long LOOK_FOR_NOTED_NANOS = 20_000_000;

    private final KinesisClient client;
    private final String stream;
    private final KinesisSourceOptions options;
    private final @Nullable Instant until;
    private final FetchMetrics metrics;
    private final Map<String, ShardCursor> cursors = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> noted;
    private final Set<String> paused = new HashSet<>();
    private final List<String> added = new ArrayList<>();
    private final Semaphore wakeUps = new Semaphore(0);

    /**
     * @param noted a set into which ended shards are put, by another thread, that need no longer be held
     */
    ShardFetcher(
            KinesisClient client,
            String stream,
            KinesisSourceOptions options,
            @Nullable Instant until,
            FetchMetrics metrics,
            Set<String> noted) {
        this.client = client;
        this.stream = stream;
        this.options = options;
        this.until = until;
        this.metrics = metrics;
        this.noted = noted;
    }

    @Override
    public RecordsWithSplitIds<Fetched> fetch() throws IOException {
        if (!added.isEmpty()) {
            return announced();
        }
        if (ended.stream().anyMatch(noted::contains)) {
            return released();
        }
        long now = System.nanoTime();
        Optional<ShardCursor> next = cursors.values().stream()
                .filter(cursor -> !paused.contains(cursor.shardId()))
                .min(Comparator.comparingLong(cursor -> cursor.dueNanos() - now));
        long due = next.map(cursor -> cursor.dueNanos() - now).orElse(Long.MAX_VALUE);
        long wait = ended.isEmpty() ? due : Math.min(due, LOOK_FOR_NOTED_NANOS);
        if (isWokenWithin(wait) || next.isEmpty() || wait < due) {
            return NOTHING;
        }
        return fetch(next.get());
    }

    /** No records yet, but each new shard: its watermark then holds back that of the reader from the start. */
    private RecordsWithSplitIds<Fetched> announced() {
        Map<String, Collection<Fetched>> empty = new HashMap<>();
        added.forEach(id -> empty.put(id, List.of()));
        added.clear();
        return new RecordsBySplits<>(empty, Set.of());
    }

    private RecordsWithSplitIds<Fetched> released() {
        Set<String> released = new HashSet<>(ended);
        released.retainAll(noted);
        ended.removeAll(released);
        return new RecordsBySplits<>(Map.of(), released);
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

    private RecordsWithSplitIds<Fetched> fetch(ShardCursor cursor) throws IOException {
        long started = System.nanoTime();
        List<KinesisRecord> records;
        try {
            records = cursor.fetch(client, stream, options.maxRecordsPerFetch(), until);
        } catch (ResourceNotFoundException e) {
            throw new IOException(
                    "Cannot read shard %s of stream %s: it is gone with its records (raise the stream's retention, and start anew without this state): %s"
                            .formatted(cursor.shardId(), stream, SdkReason.of(e)),
                    e);
        } catch (AbortedException e) {
            Thread.currentThread().interrupt();
            return NOTHING;
        } catch (SdkException e) {
            String what = "read shard %s of stream %s".formatted(cursor.shardId(), stream);
            cursor.dueAt(System.nanoTime() + cursor.retry().after(e, what).toNanos());
            metrics.retried();
            reportBehind();
            return NOTHING;
        }
        cursor.retry().succeeded();
        cursor.dueAt(started + options.pollInterval().toNanos());
        reportBehind();
        List<Fetched> fetched = new ArrayList<>(records.size() + 1);
        records.forEach(record -> fetched.add(new Fetched.Data(record)));
        if (cursor.isFinished()) {
            fetched.add(new Fetched.End(cursor.shardId()));
            cursors.remove(cursor.shardId());
            ended.add(cursor.shardId());
        }
        return new RecordsBySplits<>(Map.of(cursor.shardId(), fetched), Set.of());
    }

    private void reportBehind() {
        long now = System.nanoTime();
        metrics.behind(cursors.values().stream()
                .map(cursor -> cursor.behind(now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
    }

    @Override
    public void handleSplitsChanges(SplitsChange<KinesisSplit> change) {
        if (change instanceof SplitsAddition) {
            for (KinesisSplit split : change.splits()) {
                if (split.finished()) {
                    ended.add(split.shardId());
                } else {
                    cursors.put(split.shardId(), new ShardCursor(split, System.nanoTime()));
                }
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
