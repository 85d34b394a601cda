package io.tributary.aws;

import io.tributary.config.Limits;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses between attempts: at most so long at first, twice as long after each further failure, up to a longest one.
 * Each is drawn from the upper half of that, so that those who were turned away together do not come back together,
 * and nobody uses up its attempts in no time.
 *
 * @param first the longest pause after one failure
 * @param longest where the doubling ends
 */
public record Backoff(Duration first, Duration longest) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        Limits.check()
                .between("first", first, SHORTEST, LONGEST)
                .between("longest", longest, first, LONGEST)
                .enforce();
    }

    /**
     * How long to wait.
     *
     * @param failures how many there were in a row, at least 1
     */
    public Duration pause(int failures) {
        int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
        boolean reached = first.toNanos() > longest.toNanos() >> doublings;
        long most = reached ? longest.toNanos() : first.toNanos() << doublings;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }
}
