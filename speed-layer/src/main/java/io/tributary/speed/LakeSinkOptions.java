package io.tributary.speed;

import io.tributary.config.Limits;
import java.io.Serializable;

/**
 * How a job delivers to a lake.
 *
 * @param maxBytes a file that has reached this size is ended before the checkpoint
 * @param laterSeals what becomes of partitions that were sealed after the checkpoint from which the job is restored
 */
public record LakeSinkOptions(long maxBytes, LaterSeals laterSeals) implements Serializable {
    private static final long MOST_BYTES = 5L << 30;

    public LakeSinkOptions {
        Limits.check().between("maxBytes", maxBytes, 1, MOST_BYTES).enforce();
    }

    /** Files of 128 MiB; later seals are refused. */
    public static LakeSinkOptions defaults() {
        return new LakeSinkOptions(128 << 20, LaterSeals.REFUSE);
    }

    public LakeSinkOptions withMaxBytes(long bytes) {
        return new LakeSinkOptions(bytes, laterSeals);
    }

    public LakeSinkOptions withLaterSeals(LaterSeals newLaterSeals) {
        return new LakeSinkOptions(maxBytes, newLaterSeals);
    }
}
