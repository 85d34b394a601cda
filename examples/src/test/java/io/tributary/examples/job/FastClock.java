package io.tributary.examples.job;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs so many times as fast as the machine's, from an instant on. */
record FastClock(Instant start, int times) implements InstantSource, Serializable {

    @Override
    public Instant instant() {
        return start.plus(
                Duration.between(start, InstantSource.system().instant()).multipliedBy(times));
    }
}
