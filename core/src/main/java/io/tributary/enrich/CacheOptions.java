package io.tributary.enrich;

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
        if (maxSize < 1) {
            throw new IllegalArgumentException("Invalid maxSize: %d (must be at least 1)".formatted(maxSize));
        }
        if (expiry.isNegative() || expiry.isZero() || expiry.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Invalid expiry: %s (must be positive and at most 100 years)".formatted(expiry));
        }
        if (unknownExpiry.isNegative() || unknownExpiry.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Invalid unknownExpiry: %s (must be 0 or longer and at most 100 years)".formatted(unknownExpiry));
        }
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
