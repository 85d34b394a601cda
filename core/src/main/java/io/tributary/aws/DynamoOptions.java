package io.tributary.aws;

import java.time.Duration;

/**
 * How hard a {@link DynamoTable} works, and when it gives up.
 *
 * @param requestsInFlight the most batch requests under way at a time, of one writer or one {@code findAll}
 * @param attempts the most attempts in a row that get nothing done; one that gets a part done starts the count anew
 * @param firstPause the longest pause after the first attempt, doubled after each further one; the pause
 *     itself is drawn evenly from zero up to that
 * @param longestPause where the doubling ends
 * @param creationLimit how long to wait for a table to become usable
 */
public record DynamoOptions(
        int requestsInFlight, int attempts, Duration firstPause, Duration longestPause, Duration creationLimit) {
    private static final int MOST_IN_FLIGHT = 1_000;
    private static final int MOST_ATTEMPTS = 100;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final DynamoOptions DEFAULTS =
            new DynamoOptions(8, 10, Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofMinutes(2));

    public DynamoOptions {
        check("requestsInFlight", requestsInFlight, MOST_IN_FLIGHT);
        check("attempts", attempts, MOST_ATTEMPTS);
        check("firstPause", firstPause);
        check("longestPause", longestPause);
        check("creationLimit", creationLimit);
        if (longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "Invalid longestPause: %s (must be at least firstPause, %s)".formatted(longestPause, firstPause));
        }
    }

    private static void check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("Invalid %s: %d (must be 1 to %d)".formatted(name, value, most));
        }
    }

    private static void check(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Invalid %s: %s (must be positive and at most %s)".formatted(name, value, LONGEST));
        }
    }

    /** 8 requests in flight, 10 attempts, pauses of up to 50 ms doubled up to 5 s, 2 minutes for a new table. */
    public static DynamoOptions defaults() {
        return DEFAULTS;
    }

    public DynamoOptions withRequestsInFlight(int requestsInFlight) {
        return new DynamoOptions(requestsInFlight, attempts, firstPause, longestPause, creationLimit);
    }

    public DynamoOptions withAttempts(int attempts) {
        return new DynamoOptions(requestsInFlight, attempts, firstPause, longestPause, creationLimit);
    }

    /** Both pauses, as the one bounds the other. */
    public DynamoOptions withPauses(Duration firstPause, Duration longestPause) {
        return new DynamoOptions(requestsInFlight, attempts, firstPause, longestPause, creationLimit);
    }

    public DynamoOptions withCreationLimit(Duration creationLimit) {
        return new DynamoOptions(requestsInFlight, attempts, firstPause, longestPause, creationLimit);
    }
}
