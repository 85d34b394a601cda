package io.tributary.serving.dynamo;

import io.tributary.config.Limits;
import java.io.Serializable;
import java.time.Duration;

/**
 * How a {@link DynamoSpeedStore} lays out its items and how patient it is.
 *
 * @param shards over how many keys of the table an ingest partition is spread; each takes 1,000 writes a
 *     second and costs a read one request more. Fixed by the first writer of a view
 * @param versions how many values of a slice are kept: a read begins anew when as many checkpoints less one
 *     were committed while it ran
 * @param requestsInFlight how many requests one store has under way
 * @param maxAttempts how often a request is sent that is throttled or not processed, and how often a read begins
 * @param timeToLive how long after its first slice an ingest partition is kept when nobody forgets it
 * @param maxPartialBytes the largest slice; beyond 300 KB it is split over several items
 */
public record DynamoOptions(
        int shards, int versions, int requestsInFlight, int maxAttempts, Duration timeToLive, int maxPartialBytes)
        implements Serializable {
    private static final int MOST_BYTES = 16 << 20;
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final DynamoOptions DEFAULTS = new DynamoOptions(4, 3, 8, 10, Duration.ofDays(30), 8 << 20);

    public DynamoOptions {
        Limits.check()
                .between("shards", shards, 1, 256)
                .between("versions", versions, 2, 100)
                .between("requestsInFlight", requestsInFlight, 1, 256)
                .between("maxAttempts", maxAttempts, 1, 100)
                .between("timeToLive", timeToLive, SHORTEST, LONGEST)
                .between("maxPartialBytes", maxPartialBytes, 1, MOST_BYTES)
                .enforce();
    }

    /** 4 shards, 3 versions, 8 requests in flight, 10 attempts, 30 days, 8 MiB. */
    public static DynamoOptions defaults() {
        return DEFAULTS;
    }

    public DynamoOptions withShards(int newShards) {
        return new DynamoOptions(newShards, versions, requestsInFlight, maxAttempts, timeToLive, maxPartialBytes);
    }

    public DynamoOptions withVersions(int newVersions) {
        return new DynamoOptions(shards, newVersions, requestsInFlight, maxAttempts, timeToLive, maxPartialBytes);
    }

    public DynamoOptions withRequestsInFlight(int newRequests) {
        return new DynamoOptions(shards, versions, newRequests, maxAttempts, timeToLive, maxPartialBytes);
    }

    public DynamoOptions withMaxAttempts(int newMaxAttempts) {
        return new DynamoOptions(shards, versions, requestsInFlight, newMaxAttempts, timeToLive, maxPartialBytes);
    }

    public DynamoOptions withTimeToLive(Duration newTimeToLive) {
        return new DynamoOptions(shards, versions, requestsInFlight, maxAttempts, newTimeToLive, maxPartialBytes);
    }

    public DynamoOptions withMaxPartialBytes(int newMaxPartialBytes) {
        return new DynamoOptions(shards, versions, requestsInFlight, maxAttempts, timeToLive, newMaxPartialBytes);
    }
}
