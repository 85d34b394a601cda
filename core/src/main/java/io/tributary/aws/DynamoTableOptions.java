package io.tributary.aws;

import io.tributary.config.Limits;
import java.time.Duration;

/**
 * How hard a {@link DynamoTable} works, and when it gives up.
 *
 * @param requestsInFlight the most batch requests under way at a time, of one writer or one {@code findAll}
 * @param attempts the most attempts in a row that get nothing done; one that gets a part done starts the count anew
 * @param firstPause the longest pause after the first attempt, doubled after each further one; the pause
 *     itself is drawn evenly from the upper half of that
 * @param longestPause where the doubling ends
 * @param creationLimit how long to wait for a table to become usable
 */
public record DynamoTableOptions(
        int requestsInFlight, int attempts, Duration firstPause, Duration longestPause, Duration creationLimit) {
    private static final int MOST_IN_FLIGHT = 1_000;
    private static final int MOST_ATTEMPTS = 100;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final DynamoTableOptions DEFAULTS =
            new DynamoTableOptions(8, 10, Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofMinutes(2));

    public DynamoTableOptions {
        Limits.check()
                .between("requestsInFlight", requestsInFlight, 1, MOST_IN_FLIGHT)
                .between("attempts", attempts, 1, MOST_ATTEMPTS)
                .between("firstPause", firstPause, SHORTEST, LONGEST)
                .between("longestPause", longestPause, SHORTEST, LONGEST)
                .between("creationLimit", creationLimit, SHORTEST, LONGEST)
                .holds(
                        "longestPause",
                        longestPause,
                        longestPause.compareTo(firstPause) >= 0,
                        "at least firstPause, " + firstPause)
                .enforce();
    }

    /** 8 requests in flight, 10 attempts, pauses of up to 50 ms doubled up to 5 s, 2 minutes for a new table. */
    public static DynamoTableOptions defaults() {
        return DEFAULTS;
    }

    public DynamoTableOptions withRequestsInFlight(int requestsInFlight) {
        return new DynamoTableOptions(requestsInFlight, attempts, firstPause, longestPause, creationLimit);
    }

    public DynamoTableOptions withAttempts(int attempts) {
        return new DynamoTableOptions(requestsInFlight, attempts, firstPause, longestPause, creationLimit);
    }

    /** Both pauses, as the one bounds the other. */
    public DynamoTableOptions withPauses(Duration firstPause, Duration longestPause) {
        return new DynamoTableOptions(requestsInFlight, attempts, firstPause, longestPause, creationLimit);
    }

    public DynamoTableOptions withCreationLimit(Duration creationLimit) {
        return new DynamoTableOptions(requestsInFlight, attempts, firstPause, longestPause, creationLimit);
    }
}
