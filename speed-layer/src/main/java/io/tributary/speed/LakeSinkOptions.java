package io.tributary.speed;

import java.io.Serializable;

/**
 * How a job delivers to a lake.
 *
 * @param maxBytes a file that has reached this size is ended before the checkpoint, 1 to 5 GiB
 * @param laterSeals what becomes of partitions that were sealed after the checkpoint from which the job is restored
 */
public record LakeSinkOptions(long maxBytes, LaterSeals laterSeals) implements Serializable {
    private static final long MOST_BYTES = 5L << 30;

    public LakeSinkOptions {
        if (maxBytes < 1 || maxBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "Invalid file size: %d (must be from 1 to %d bytes)".formatted(maxBytes, MOST_BYTES));
        }
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
