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

    /** Whether a window that ends then can no longer change. */
    boolean isFinal(long end, long frontier) {
        return plusRetention(end) <= frontier;
    }

    /** Whether no window that holds the slice can change any more. */
    boolean isPast(long slice, long frontier) {
        return isFinal(window.lastEndOf(slice), frontier);
    }

    /** Whether a window that holds the slice can no longer change. */
    boolean isPartlyPast(long slice, long frontier) {
        return isFinal(window.firstEndOf(slice), frontier);
    }

    private long plusRetention(long end) {
        long seconds =
                retention.getSeconds() + (retention.getNano() > 0 && retention.getSeconds() < Long.MAX_VALUE ? 1 : 0);
        return end > Long.MAX_VALUE - seconds ? Long.MAX_VALUE : end + seconds;
    }
}
