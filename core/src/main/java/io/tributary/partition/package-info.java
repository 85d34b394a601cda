/**
 * Where a record lies in the lake: hive partitions on ingest time, declared by one path template.
 * Start with {@link io.tributary.partition.PartitionLayout}.
 */
@NullMarked
package io.tributary.partition;

import org.jspecify.annotations.NullMarked;
