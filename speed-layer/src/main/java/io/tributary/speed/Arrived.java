package io.tributary.speed;

import java.time.Instant;

/**
 * A record and its ingest partition, which was fixed once, before the stream forks: both layers read it here.
 *
 * @param partition its start
 */
public record Arrived<R>(Instant partition, R value) {}
