package io.tributary.speed;

import io.tributary.view.Window;
import java.io.Serializable;
import java.time.Duration;

/**
 * When windows close and when slices are history. The frontier is the first wall-clock second of which
 * records may still come.
 *
 * @param retention how long after its end a window can still change
 */
record Horizon(Window<?> window, Duration retention, WatermarkClock clock) implements Serializable {

    static Horizon of(Window<?> window, Duration retention) {
        return new Horizon(window, retention, WatermarkClock.of(window));
    }

    long frontier(long watermark) {
        return clock.frontier(watermark);
    }

    /** Windows that end then or earlier can no longer change. */
    long lastFinal(long frontier) {
        if (frontier == Long.MAX_VALUE) {
            return frontier;
        }
        long seconds =
                retention.getSeconds() + (retention.getNano() > 0 && retention.getSeconds() < Long.MAX_VALUE ? 1 : 0);
        return frontier < Long.MIN_VALUE + seconds ? Long.MIN_VALUE : frontier - seconds;
    }

    /** Whether no window that holds the slice can change any more. */
    boolean isPast(long slice, long lastFinal) {
        return window.lastEndOf(slice) <= lastFinal;
    }

    /** Whether a window that holds the slice can no longer change. */
    boolean isPartlyPast(long slice, long lastFinal) {
        return window.firstEndOf(slice) <= lastFinal;
    }
}
