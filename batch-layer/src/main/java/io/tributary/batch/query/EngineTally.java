package io.tributary.batch.query;

import java.time.Duration;

/**
 * What an engine has done since it was started.
 *
 * @param queries how many statements it was given that have come to an end, with or without success
 * @param failed how many of them failed or were stopped
 * @param took the time from the start to the end of each, waiting and reading included, in sum
 * @param scannedBytes what those without failure have read, as far as the engine tells; it is what is billed
 * @param retries how many of its requests were sent again, as they were throttled
 */
public record EngineTally(long queries, long failed, Duration took, long scannedBytes, long retries) {
    static final EngineTally NONE = new EngineTally(0, 0, Duration.ZERO, 0, 0);

    EngineTally plus(Duration time, QueryStatistics statistics) {
        return new EngineTally(queries + 1, failed, took.plus(time), scannedBytes + statistics.scannedBytes(), retries);
    }

    EngineTally plusFailed(Duration time) {
        return new EngineTally(queries + 1, failed + 1, took.plus(time), scannedBytes, retries);
    }

    EngineTally plusRetry() {
        return new EngineTally(queries, failed, took, scannedBytes, retries + 1);
    }
}
