package io.tributary.speed;

import io.tributary.view.EventTime;
import io.tributary.view.Window;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a watermark up to which wall-clock second everything has arrived. Time stamps of wall-clock
 * columns are those of the same wall clock in UTC, as in Flink SQL; those of instants are the instants.
 */
record WatermarkClock(@Nullable ZoneId zone) implements Serializable {

    static WatermarkClock of(Window<?> window) {
        return new WatermarkClock(window.eventTime().map(EventTime::zone).orElse(null));
    }

    /** The first second of which records may still come; never goes back when the watermark does not. */
    long frontier(long watermark) {
        if (watermark == Long.MAX_VALUE || watermark == Long.MIN_VALUE) {
            return watermark;
        }
        long second = Math.floorDiv(watermark + 1, 1000L);
        return zone == null ? second : wallClock(second, zone);
    }

    /** The last millisecond before a wall-clock second, as a time stamp. */
    long lastMilli(long second) {
        return zone == null ? second * 1000 - 1 : lastMilli(second, zone);
    }

    private static long lastMilli(long second, ZoneId zone) {
        LocalDateTime last = LocalDateTime.ofEpochSecond(second - 1, 0, ZoneOffset.UTC);
        ZoneOffsetTransition skipped = zone.getRules().getTransition(last);
        return skipped != null && skipped.isGap()
                ? skipped.getInstant().toEpochMilli() - 1
                : last.atZone(zone).withLaterOffsetAtOverlap().toInstant().toEpochMilli() + 999;
    }

    /** Where the clock is about to be put back, what it will then show. */
    private static long wallClock(long second, ZoneId zone) {
        Instant instant = Instant.ofEpochSecond(second);
        long now = second + zone.getRules().getOffset(instant).getTotalSeconds();
        ZoneOffsetTransition next = zone.getRules().nextTransition(instant);
        return next != null && next.isOverlap()
                ? Math.min(now, next.toEpochSecond() + next.getOffsetAfter().getTotalSeconds())
                : now;
    }
}
