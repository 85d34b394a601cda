package io.tributary.speed.kinesis;

import java.util.List;

/** A shard as the enumerator knows it. */
record TrackedShard(String id, List<String> parents, StartPosition from, Status status) {
    /** Whether it waits, is with a reader, or was read to its end. */
    enum Status {
        WAITING,
        ASSIGNED,
        FINISHED
    }

    TrackedShard {
        parents = List.copyOf(parents);
    }

    TrackedShard with(Status newStatus) {
        return new TrackedShard(id, parents, from, newStatus);
    }
}
