package io.tributary.examples.lake;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that runs faster than the machine's, so that a test sees many hours. Each look moves it on by
 * {@link #LOOK} besides, so that many records take many hours even when a slow machine stamps them all at once.
 */
record FastClock(Instant start, long startNanos, int speed) implements InstantSource, Serializable {
    static final Duration LOOK = Duration.ofSeconds(20);
    /** Of the process, since each task has a copy of the clock. */
    private static final AtomicLong LOOKS = new AtomicLong();

    /** The only clock of its time: one that was made before goes back. */
    static FastClock from(Instant start, int speed) {
        LOOKS.set(0);
        return new FastClock(start, System.nanoTime(), speed);
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(System.nanoTime() - startNanos).multipliedBy(speed))
                .plus(LOOK.multipliedBy(LOOKS.incrementAndGet()));
    }
}
