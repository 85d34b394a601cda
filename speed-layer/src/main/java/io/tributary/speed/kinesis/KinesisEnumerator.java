package io.tributary.speed.kinesis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Looks for shards, and gives each that may be read to the reader with the fewest. */
final class KinesisEnumerator implements SplitEnumerator<KinesisSplit, ShardProgress> {
    private final SplitEnumeratorContext<KinesisSplit> context;
    private final KinesisClient client;
    private final ShardLister lister;
    private final Duration discoveryInterval;
    private final boolean bounded;
    private final ShardTracker tracker;
    private final Map<String, Integer> readerOf = new HashMap<>();
    private final Set<Integer> readers = new TreeSet<>();
    private final Map<Integer, Set<String>> unnoted = new HashMap<>();
    private boolean everyReaderCame;
    private boolean ended;
    // Counts the shards that were finished; a listing that began after the last one knows its children.
    private final AtomicInteger finishes = new AtomicInteger();

    KinesisEnumerator(
            SplitEnumeratorContext<KinesisSplit> context,
            KinesisClient client,
            String stream,
            Duration discoveryInterval,
            ShardProgress progress) {
        this.context = context;
        this.client = client;
        this.lister = new ShardLister(client, stream);
        this.discoveryInterval = discoveryInterval;
        this.bounded = progress.until() != null;
        this.tracker = new ShardTracker(progress);
    }

    private record Listing(int finishes, List<ListedShard> shards) {}

    @Override
    public void start() {
        context.callAsync(this::list, this::listed, 0, discoveryInterval.toMillis());
    }

    private Listing list() throws IOException, InterruptedException {
        return new Listing(finishes.get(), lister.list());
    }

    private void listed(@Nullable Listing listing, @Nullable Throwable failure) {
        if (failure != null || listing == null) {
            throw new FlinkRuntimeException("Cannot go on without the stream's shards", failure);
        }
        tracker.found(listing.shards());
        assign();
        if (listing.finishes() == finishes.get()) {
            acknowledge();
            if (bounded && tracker.isAllFinished()) {
                ended = true;
                readers.forEach(context::signalNoMoreSplits);
            }
        }
    }

    private void acknowledge() {
        unnoted.forEach((reader, ids) -> {
            if (readers.contains(reader)) {
                context.sendEventToSourceReader(reader, new FinishNoted(Set.copyOf(ids)));
            }
        });
        unnoted.clear();
    }

    private void assign() {
        readers.retainAll(context.registeredReaders().keySet());
        // At the start and after a failure all wait for the last reader: the first would get all, and children
        // whose parents another one reads again.
        everyReaderCame |= readers.size() == context.currentParallelism();
        if (!everyReaderCame || readers.isEmpty()) {
            return;
        }
        Map<Integer, List<KinesisSplit>> assignment = new HashMap<>();
        for (TrackedShard shard : tracker.ready()) {
            int reader = leastBusyReader();
            tracker.assigned(shard.id());
            readerOf.put(shard.id(), reader);
            assignment
                    .computeIfAbsent(reader, none -> new ArrayList<>())
                    .add(KinesisSplit.unread(shard.id(), shard.from()));
        }
        if (!assignment.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(assignment));
        }
    }

    private int leastBusyReader() {
        return readers.stream()
                .min(Comparator.<Integer>comparingLong(reader -> readerOf.values().stream()
                                .filter(reader::equals)
                                .count())
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    @Override
    public void addReader(int subtask) {
        // It is given shards once it has told which it holds already.
    }

    @Override
    public void addSplitsBack(List<KinesisSplit> splits, int subtask) {
        readers.remove(subtask);
        everyReaderCame = false;
        unnoted.remove(subtask);
        readerOf.values().removeIf(reader -> reader == subtask);
        splits.forEach(tracker::returned);
        ended &= splits.isEmpty();
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof ShardsFinished finished) {
            note(subtask, finished.shardIds());
        } else if (event instanceof ShardsHeld held) {
            start(subtask, held.shardIds());
        }
    }

    private void start(int subtask, Set<String> held) {
        readers.add(subtask);
        for (String id : held) {
            tracker.assigned(id);
            readerOf.put(id, subtask);
        }
        assign();
        if (ended) {
            context.signalNoMoreSplits(subtask);
        }
    }

    private void note(int subtask, Set<String> ids) {
        for (String id : ids) {
            tracker.finished(id);
            readerOf.remove(id);
        }
        finishes.incrementAndGet();
        unnoted.computeIfAbsent(subtask, none -> new TreeSet<>()).addAll(ids);
        assign();
        // The reader lets go of a shard, and of its watermark, once it has the children that fall to it.
        if (unnoted.values().stream().flatMap(Set::stream).allMatch(tracker::knowsChildOf)) {
            acknowledge();
        } else {
            context.callAsync(this::list, this::listed);
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        // Readers are given shards, they never ask.
    }

    @Override
    public ShardProgress snapshotState(long checkpointId) {
        return tracker.progress();
    }

    @Override
    public void close() {
        client.close();
    }
}
