package io.tributary.view;

import java.time.Instant;

/**
 * The partial of the records of one ingest partition: what the speed layer writes.
 *
 * @param partition the start of the ingest partition
 */
public record IngestSlice(Instant partition, SlicePartial slice) {}
