package io.tributary.speed;

/** What becomes of partitions that were sealed after the checkpoint from which a job is restored. */
public enum LaterSeals {
    /** The job does not start. */
    REFUSE,
    /**
     * Their manifests are deleted, and the job delivers their records again. Batch views that were built over them
     * must be built again.
     */
    WITHDRAW
}
