package io.tributary.speed;

import io.tributary.view.TimeRange;
import java.util.Comparator;

/** A window's bounds in wall-clock seconds. */
record Span(long start, long end) {
    static final Comparator<Span> BY_END = Comparator.comparingLong(Span::end).thenComparing(Span::start);
    static final Comparator<Span> BY_START =
            Comparator.comparingLong(Span::start).thenComparing(Span::end);

    /** All of time when the window has no end. */
    TimeRange toRange() {
        return isEndless() ? TimeRange.all() : TimeRange.ofSeconds(start, end);
    }

    boolean isEndless() {
        return end == Long.MAX_VALUE;
    }
}
