package io.tributary.speed;

import io.tributary.config.Limits;
import java.io.Serializable;
import java.time.Duration;

/**
 * How the operators buffer and how long they remember.
 *
 * @param maxPartials how many partials one task holds before it passes them on
 * @param flushInterval how long, in processing time, it holds them at most; the latency of updates
 * @param lateness what becomes of records behind the watermark, in windows by event time; slices for a speed
 *     store take all records
 */
public record SpeedOptions(int maxPartials, Duration flushInterval, Lateness lateness) implements Serializable {
    private static final int MOST_PARTIALS = 10_000_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    public SpeedOptions {
        Limits.check()
                .between("maxPartials", maxPartials, 1, MOST_PARTIALS)
                .between("flushInterval", flushInterval, SHORTEST, LONGEST)
                .enforce();
    }

    /** 10,000 partials, half a second, late records dropped and counted. */
    public static SpeedOptions defaults() {
        return new SpeedOptions(10_000, Duration.ofMillis(500), Lateness.drop());
    }

    public SpeedOptions withMaxPartials(int newMaxPartials) {
        return new SpeedOptions(newMaxPartials, flushInterval, lateness);
    }

    public SpeedOptions withFlushInterval(Duration newFlushInterval) {
        return new SpeedOptions(maxPartials, newFlushInterval, lateness);
    }

    public SpeedOptions withLateness(Lateness newLateness) {
        return new SpeedOptions(maxPartials, flushInterval, newLateness);
    }
}
