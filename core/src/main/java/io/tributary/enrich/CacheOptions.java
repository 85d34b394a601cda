package io.tributary.enrich;

import io.tributary.config.Limits;
import java.time.Duration;

/**
 * How much a {@link CachedLookup} keeps, and for how long.
 *
 * @param maxSize the most keys kept, unknown ones included
 * @param expiry how long a found value is served before it is looked up anew
 * @param unknownExpiry how long a key is taken as unknown before it is looked up anew; zero asks every time
 */
public record CacheOptions(long maxSize, Duration expiry, Duration unknownExpiry) {
    private static final Duration LONGEST = Duration.ofDays(36_500);
    private static final CacheOptions DEFAULTS =
            new CacheOptions(100_000, Duration.ofMinutes(10), Duration.ofMinutes(1));

    public CacheOptions {
        Limits.check()
                .atLeast("maxSize", maxSize, 1L)
                .between("expiry", expiry, Duration.ofMillis(1), LONGEST)
                .between("unknownExpiry", unknownExpiry, Duration.ZERO, LONGEST)
                .enforce();
    }

    /** 100,000 keys, values for 10 minutes, unknown keys for 1 minute. */
    public static CacheOptions defaults() {
        return DEFAULTS;
    }

    public CacheOptions withMaxSize(long maxSize) {
        return new CacheOptions(maxSize, expiry, unknownExpiry);
    }

    public CacheOptions withExpiry(Duration expiry) {
        return new CacheOptions(maxSize, expiry, unknownExpiry);
    }

    public CacheOptions withUnknownExpiry(Duration unknownExpiry) {
        return new CacheOptions(maxSize, expiry, unknownExpiry);
    }
}
