/**
 * The lake: records as JSON lines in hive partitions, each sealed by a manifest, on a local directory or on S3.
 * Start with {@link io.tributary.batch.lake.LocalLake} or {@link io.tributary.batch.lake.S3Lake}.
 */
@NullMarked
package io.tributary.batch.lake;

import org.jspecify.annotations.NullMarked;
