/**
 * Snapshots of batch views in memory, on a directory and on S3. Start with {@link
 * io.tributary.serving.snapshot.SnapshotStore}.
 */
@NullMarked
package io.tributary.serving.snapshot;

import org.jspecify.annotations.NullMarked;
