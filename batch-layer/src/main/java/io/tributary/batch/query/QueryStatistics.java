package io.tributary.batch.query;

import org.jspecify.annotations.Nullable;

/**
 * What an engine tells of a query that it has run.
 *
 * @param queryId the engine's name for it, under which it stands in the engine's history; null where there is none
 * @param scannedBytes what it read, and what is billed; 0 for a result that was reused
 * @param reused whether the result is that of an earlier run
 */
public record QueryStatistics(@Nullable String queryId, long scannedBytes, boolean reused) {
    /** Of an engine that tells nothing. */
    static final QueryStatistics UNKNOWN = new QueryStatistics(null, 0, false);

    public QueryStatistics {
        if (scannedBytes < 0) {
            throw new IllegalArgumentException(
                    "Invalid scanned bytes: %d (must not be negative)".formatted(scannedBytes));
        }
    }
}
