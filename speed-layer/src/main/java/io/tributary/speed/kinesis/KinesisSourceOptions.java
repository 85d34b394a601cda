package io.tributary.speed.kinesis;

import io.tributary.config.Limits;
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
        Limits.check()
                .holds("region", region, region == null || !region.isBlank(), "as ap-northeast-2")
                .holds("endpoint", endpoint, endpoint == null || endpoint.isAbsolute(), "as https://host:port")
                // An iterator lives five minutes.
                .between("pollInterval", pollInterval, SHORTEST_POLL, LONGEST_POLL)
                .between("discoveryInterval", discoveryInterval, SHORTEST_DISCOVERY, LONGEST_DISCOVERY)
                .between("maxRecordsPerFetch", maxRecordsPerFetch, 1, MOST_RECORDS)
                .enforce();
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
