package io.tributary.aws;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/** Pauses before retries: random below a bound that doubles with each attempt, up to a longest one. */
record PublisherBackoff(Duration first, Duration longest, LongUnaryOperator randomBelow) {

    /**
     * How long to wait.
     *
     * @param attempts how many have failed, at least 1
     */
    Duration pause(int attempts) {
        int doublings = Math.min(attempts - 1, 30);
        boolean reached = first.toNanos() > longest.toNanos() >> doublings;
        long bound = reached ? longest.toNanos() : first.toNanos() << doublings;
        return Duration.ofNanos(randomBelow.applyAsLong(bound + 1));
    }
}
