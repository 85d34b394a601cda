package io.tributary.examples.lake;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs faster than the machine's, so that a test sees many hours. */
record FastClock(Instant start, long startNanos, int speed) implements InstantSource, Serializable {

    static FastClock from(Instant start, int speed) {
        return new FastClock(start, System.nanoTime(), speed);
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(System.nanoTime() - startNanos).multipliedBy(speed));
    }
}
