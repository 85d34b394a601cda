package io.tributary.speed.kinesis;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The enumerator's state.
 *
 * @param start of the shards that the first listing finds
 * @param until up to where the shards are read; null without an end, and in states of version 1
 * @param listed whether there was a first listing
 */
record ShardProgress(StartPosition start, @Nullable Instant until, boolean listed, List<TrackedShard> shards) {
    ShardProgress {
        shards = List.copyOf(shards);
    }

    static ShardProgress none(StartPosition start) {
        return new ShardProgress(start, null, false, List.of());
    }

    /** To go on with, up to an end. What ended by another one has records that would never be read. */
    ShardProgress readUntil(@Nullable Instant end) {
        if (until != null && !until.equals(end)) {
            throw new IllegalStateException(
                    "Cannot read %s: this state was read until %s, and shards that have ended so are not read again (give that, or start anew without this state)"
                            .formatted(end == null ? "without an end" : "until " + end, until));
        }
        return new ShardProgress(start, end, listed, shards);
    }
}
