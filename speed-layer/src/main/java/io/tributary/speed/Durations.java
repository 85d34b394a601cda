package io.tributary.speed;

import java.time.Duration;

/** Durations as numbers; the longest ones as the greatest number. */
final class Durations {
    private Durations() {}

    static long millis(Duration duration) {
        return duration.compareTo(Duration.ofMillis(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : duration.toMillis();
    }
}
