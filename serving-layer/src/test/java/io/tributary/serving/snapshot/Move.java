package io.tributary.serving.snapshot;

/** One step of one actor of the hand-over. */
enum Move {
    /** The clock of the partitions moves to the next. */
    TICK,
    /** The grace of replaced snapshots passes. */
    GRACE,
    /** The job takes the next record, and stamps it. */
    TAKE,
    /** The job puts what it holds, and prepares a checkpoint. */
    PREPARE,
    /** The checkpoint is durable: what it has taken is acknowledged. */
    COMPLETE,
    COMMIT_LAKE,
    COMMIT_STORE,
    /** The job is given up, and another takes its place from the last complete checkpoint. */
    FAIL_OVER,
    /** The job that was given up lives on and commits. */
    ZOMBIE_COMMIT,
    /** Likewise, it puts and prepares. */
    ZOMBIE_PREPARE,
    SEAL,
    FIRST_BUILDER,
    SECOND_BUILDER,
    FIRST_READER,
    SECOND_READER,
    /** Whoever is in the midst of a step goes on. */
    ON,
    /** Whoever is in the midst of a step is gone. */
    CRASH
}
