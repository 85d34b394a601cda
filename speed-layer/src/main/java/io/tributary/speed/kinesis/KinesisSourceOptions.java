package io.tributary.speed.kinesis;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the stream is and how often it is asked.
 *
 * @param region as the SDK's own chain finds it when null
 * @param endpoint the region's own when null
 * @param pollInterval between two reads of one shard; all readers of a shard share five a second
 * @param discoveryInterval between two looks for new shards; the end of a shard causes one at once
 * @param maxRecordsPerFetch of one read of one shard
 */
public record KinesisSourceOptions(
        @Nullable String region,
        @Nullable URI endpoint,
        Duration pollInterval,
        Duration discoveryInterval,
        int maxRecordsPerFetch)
        implements Serializable {
    private static final Duration SHORTEST_POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_POLL = Duration.ofMinutes(4);
    private static final Duration SHORTEST_DISCOVERY = Duration.ofMillis(100);
    private static final Duration LONGEST_DISCOVERY = Duration.ofHours(1);
    private static final int MOST_RECORDS = 10_000;

    public KinesisSourceOptions {
        if (region != null && region.isBlank()) {
            throw new IllegalArgumentException(
                    "Invalid region: '%s' (name one, or leave it to the SDK)".formatted(region));
        }
        if (endpoint != null && !endpoint.isAbsolute()) {
            throw new IllegalArgumentException(
                    "Invalid endpoint: %s (must be absolute; try https://host:port)".formatted(endpoint));
        }
        // An iterator lives five minutes.
        checkRange("pollInterval", pollInterval, SHORTEST_POLL, LONGEST_POLL);
        checkRange("discoveryInterval", discoveryInterval, SHORTEST_DISCOVERY, LONGEST_DISCOVERY);
        if (maxRecordsPerFetch < 1 || maxRecordsPerFetch > MOST_RECORDS) {
            throw new IllegalArgumentException("Invalid maxRecordsPerFetch: %d (must be from 1 to %d)"
                    .formatted(maxRecordsPerFetch, MOST_RECORDS));
        }
    }

    private static void checkRange(String name, Duration value, Duration shortest, Duration longest) {
        if (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "Invalid %s: %s (must be from %s to %s)".formatted(name, value, shortest, longest));
        }
    }

    /** The SDK's region, four reads a second, discovery every ten seconds, 10,000 records. */
    public static KinesisSourceOptions defaults() {
        return new KinesisSourceOptions(null, null, Duration.ofMillis(250), Duration.ofSeconds(10), MOST_RECORDS);
    }

    public KinesisSourceOptions withRegion(String newRegion) {
        return new KinesisSourceOptions(newRegion, endpoint, pollInterval, discoveryInterval, maxRecordsPerFetch);
    }

    public KinesisSourceOptions withEndpoint(URI newEndpoint) {
        return new KinesisSourceOptions(region, newEndpoint, pollInterval, discoveryInterval, maxRecordsPerFetch);
    }

    public KinesisSourceOptions withPollInterval(Duration newPollInterval) {
        return new KinesisSourceOptions(region, endpoint, newPollInterval, discoveryInterval, maxRecordsPerFetch);
    }

    public KinesisSourceOptions withDiscoveryInterval(Duration newDiscoveryInterval) {
        return new KinesisSourceOptions(region, endpoint, pollInterval, newDiscoveryInterval, maxRecordsPerFetch);
    }

    public KinesisSourceOptions withMaxRecordsPerFetch(int newMaxRecordsPerFetch) {
        return new KinesisSourceOptions(region, endpoint, pollInterval, discoveryInterval, newMaxRecordsPerFetch);
    }
}
