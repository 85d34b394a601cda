package io.tributary.speed;

/** What becomes of a record of an ingest partition that the job no longer remembers. */
public enum Forgotten {
    /** It is dropped and counted, as {@code late_records_total}. */
    DROP,
    /** Its slice goes to a side output, for the reader to merge, and is counted; not together with a store. */
    SIDE_OUTPUT,
    /** The job fails. */
    FAIL
}
