package io.tributary.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to go. It may be put back, as a machine's clock may. Safe for threads. */
public final class ManualClock implements InstantSource {
    private volatile Instant now;

    private ManualClock(Instant now) {
        this.now = now;
    }

    public static ManualClock at(Instant start) {
        return new ManualClock(start);
    }

    /** A clock at an instant such as {@code 2023-09-07T04:00:00Z}. */
    public static ManualClock at(String start) {
        return at(Instant.parse(start));
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Lets time pass; a negative duration puts the clock back. */
    public synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    public synchronized void set(Instant instant) {
        now = instant;
    }

    @Override
    public String toString() {
        return now.toString();
    }
}
