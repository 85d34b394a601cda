package io.tributary.batch.query;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** How time passes between requests. */
record Pace(InstantSource clock, Sleeper sleeper) {

    /** Waits; a test counts instead. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    static Pace system() {
        return new Pace(InstantSource.system(), duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    }
}
