package io.tributary.examples.command;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds a replay to so many seconds of its ingest clock a second; 0 for as fast as it goes. */
final class ReplayPace {
    private static final long WORTH_A_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private final double speed;
    private @Nullable Instant first;
    private long start;

    ReplayPace(double speed) {
        this.speed = speed;
    }

    boolean isPaced() {
        return speed > 0;
    }

    /** How long to wait before what arrives at an instant may be sent; nothing when it is due. */
    Duration ahead(Instant ingest, long now) {
        if (!isPaced()) {
            return Duration.ZERO;
        }
        if (first == null) {
            first = ingest;
            start = now;
        }
        long due = start + (long) (Duration.between(first, ingest).toNanos() / speed);
        return due - now < WORTH_A_PAUSE ? Duration.ZERO : Duration.ofNanos(due - now);
    }
}
