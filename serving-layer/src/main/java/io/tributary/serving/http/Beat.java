package io.tributary.serving.http;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Instants at a steady distance, from a random one on, so that many threads that keep to theirs are spread evenly. */
final class Beat {
    private final long nanos;
    private final long first;

    Beat(long nanos, long first) {
        this.nanos = nanos;
        this.first = first;
    }

    static Beat each(Duration interval) {
        long nanos = interval.toNanos();
        return new Beat(nanos, System.nanoTime() + ThreadLocalRandom.current().nextLong(nanos));
    }

    /** Waits for the next one. */
    void await() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(until(System.nanoTime()));
    }

    /** How many nanoseconds there are from a time until the next one. */
    long until(long time) {
        return nanos - Math.floorMod(time - first, nanos);
    }
}
