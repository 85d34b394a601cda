package io.tributary.speed.kinesis;

import java.util.List;

/** A shard of a listing: none, one (after a split) or two parents (after a merge). */
record ListedShard(String id, List<String> parents) {
    ListedShard {
        parents = List.copyOf(parents);
    }
}
