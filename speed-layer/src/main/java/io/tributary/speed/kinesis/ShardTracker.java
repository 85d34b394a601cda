package io.tributary.speed.kinesis;

import io.tributary.speed.kinesis.TrackedShard.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which shards may be read now: each once, and only after all its parents. A parent that is unknown has
 * expired from the stream and counts as read.
 */
final class ShardTracker {
    private final StartPosition start;
    private final @Nullable Instant until;
    private final Map<String, TrackedShard> shards = new TreeMap<>();
    private boolean listed;

    ShardTracker(ShardProgress progress) {
        start = progress.start();
        until = progress.until();
        listed = progress.listed();
        progress.shards().forEach(shard -> shards.put(shard.id(), shard));
    }

    ShardProgress progress() {
        return new ShardProgress(start, until, listed, List.copyOf(shards.values()));
    }

    /** Takes a complete listing. What is new in a later one has come after the start and is read as a whole. */
    void found(Collection<ListedShard> listing) {
        StartPosition from = listed ? StartPosition.trimHorizon() : start;
        for (ListedShard shard : listing) {
            shards.putIfAbsent(shard.id(), new TrackedShard(shard.id(), shard.parents(), from, Status.WAITING));
        }
        listed = true;
        Set<String> ids = listing.stream().map(ListedShard::id).collect(Collectors.toSet());
        shards.values().removeIf(shard -> shard.status() == Status.FINISHED && !ids.contains(shard.id()));
    }

    /** What waits for a reader and for nothing else. */
    List<TrackedShard> ready() {
        return shards.values().stream()
                .filter(shard -> shard.status() == Status.WAITING)
                .filter(shard -> shard.parents().stream().allMatch(this::isRead))
                .toList();
    }

    private boolean isRead(String id) {
        TrackedShard shard = shards.get(id);
        return shard == null || shard.status() == Status.FINISHED;
    }

    void assigned(String id) {
        set(id, Status.ASSIGNED);
    }

    void finished(String id) {
        set(id, Status.FINISHED);
    }

    private void set(String id, Status status) {
        shards.computeIfPresent(id, (key, shard) -> shard.with(status));
    }

    /** Takes back what a failed reader had been given since its checkpoint, even if it had read all of it. */
    void returned(KinesisSplit split) {
        TrackedShard unknown = new TrackedShard(split.shardId(), List.of(), split.start(), Status.WAITING);
        shards.merge(split.shardId(), unknown, (known, none) -> known.with(Status.WAITING));
    }

    /** Whether the shards that a split or merge of this one made are known. */
    boolean knowsChildOf(String id) {
        return shards.values().stream().anyMatch(shard -> shard.parents().contains(id));
    }

    boolean isAllFinished() {
        return listed && shards.values().stream().allMatch(shard -> shard.status() == Status.FINISHED);
    }
}
