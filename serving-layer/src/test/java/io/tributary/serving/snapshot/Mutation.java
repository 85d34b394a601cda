package io.tributary.serving.snapshot;

/** A hand-over bug of other systems, as a change of the protocol. The model has to find each. */
enum Mutation {
    /** The reader merges the newest batch slices with what the speed store has from the cut that it knew before. */
    OLD_BOUNDARY_NEW_DATA,
    /** What a restored job finds committed it commits again, under other names. */
    DOUBLE_COMMIT,
    /** A builder replaces the head, whoever else has replaced it meanwhile. */
    UNFENCED_PUBLICATION,
    /** A builder lets the speed store forget what it has built, before that is published. */
    RETENTION_BEFORE_PUBLICATION,
    /** The speed store does not tell what it has forgotten. */
    HOLE_AS_SUCCESS,
    /** A builder cuts by the clock, although records may still come to the partitions before. */
    LATE_ROWS_BEHIND_BOUNDARY
}
