package io.tributary.batch;

import io.tributary.view.BatchView.Hole;
import java.util.List;

/**
 * What has become of the JSON lines of compacted partitions.
 *
 * @param bytes that were deleted
 * @param holes partitions that could not be looked at, or hold less than their manifests say: their lines stay
 */
public record ExpiryReport(long bytes, List<Hole> holes) {
    public ExpiryReport {
        holes = List.copyOf(holes);
    }
}
