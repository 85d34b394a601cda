package io.tributary.examples.job;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that runs so many times as fast as the machine's since the start of 2026, in all processes alike. */
record RehearsalClock(int speed) implements InstantSource, Serializable {
    /** At which a year passes in some nine hours. */
    static final int MOST = 1_000;

    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    RehearsalClock {
        if (speed < 1 || speed > MOST) {
            throw new IllegalArgumentException("Invalid speed: %d (must be from 1 to %d)".formatted(speed, MOST));
        }
    }

    @Override
    public Instant instant() {
        return SINCE.plus(
                Duration.between(SINCE, InstantSource.system().instant()).multipliedBy(speed));
    }
}
