package io.tributary.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told to go. It may be put back, as a machine's clock may. Safe for threads. */
public final class ManualClock implements InstantSource {
    private final AtomicReference<Instant> now;

    private ManualClock(Instant now) {
        this.now = new AtomicReference<>(now);
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
        return now.get();
    }

    /** Lets time pass; a negative duration puts the clock back. */
    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    @Override
    public String toString() {
        return now.toString();
    }
}
