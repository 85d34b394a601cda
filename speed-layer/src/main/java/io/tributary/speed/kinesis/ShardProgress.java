package io.tributary.speed.kinesis;

import java.util.List;

/**
 * The enumerator's state.
 *
 * @param start of the shards that the first listing finds
 * @param listed whether there was a first listing
 */
record ShardProgress(StartPosition start, boolean listed, List<TrackedShard> shards) {
    ShardProgress {
        shards = List.copyOf(shards);
    }

    static ShardProgress none(StartPosition start) {
        return new ShardProgress(start, false, List.of());
    }
}
