package io.tributary.batch.query;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * How time passes between requests.
 *
 * @param random from 0 to 1, so that many clients do not come back at once
 */
record Pace(InstantSource clock, Sleeper sleeper, DoubleSupplier random) {

    /** Waits; a test counts instead. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    static Pace system() {
        RandomGenerator generator = RandomGenerator.of("SplittableRandom");
        return new Pace(InstantSource.system(), duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()), () -> {
            synchronized (generator) {
                return generator.nextDouble();
            }
        });
    }

    /** Pauses that grow from the first to the longest. */
    Backoff backoff(Duration first, Duration longest) {
        return new Backoff(this, first, longest);
    }

    /** For one thread. */
    static final class Backoff {
        private static final double GROWTH = 1.6;
        private final Pace pace;
        private final Duration longest;
        private Duration next;

        private Backoff(Pace pace, Duration first, Duration longest) {
            this.pace = pace;
            this.next = first;
            this.longest = longest;
        }

        /** Pauses for half of its time to all of it. */
        void pause() throws InterruptedException {
            pace.sleeper().sleep(Duration.ofNanos((long)
                    (next.toNanos() * (1 + pace.random().getAsDouble()) / 2)));
            Duration grown = Duration.ofNanos((long) (next.toNanos() * GROWTH));
            next = grown.compareTo(longest) < 0 ? grown : longest;
        }
    }
}
