/**
 * The lake on a local directory: records as JSON lines in hive partitions, each sealed by a manifest.
 * Start with {@link io.tributary.batch.lake.LocalLake}.
 */
@NullMarked
package io.tributary.batch.lake;

import org.jspecify.annotations.NullMarked;
