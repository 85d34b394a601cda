package io.tributary.view;

import io.tributary.schema.ColumnType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A half-open range {@code [start, end)} of event time, in the wall-clock time of the view's window.
 *
 * @param start the first instant in it
 * @param end the first instant behind it, after start
 */
public record TimeRange(LocalDateTime start, LocalDateTime end) {
    private static final TimeRange ALL = new TimeRange(LocalDateTime.MIN, LocalDateTime.MAX);

    public TimeRange {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException(
                    "Invalid range: %s to %s (the end must be after the start)".formatted(start, end));
        }
    }

    /** All of time. */
    public static TimeRange all() {
        return ALL;
    }

    /** One day, given as {@code yyyy-MM-dd}. */
    public static TimeRange day(String day) {
        LocalDate date = ColumnType.date().parse(day);
        return new TimeRange(date.atStartOfDay(), date.plusDays(1).atStartOfDay());
    }

    /** The range of some wall-clock seconds, counted from 1970-01-01T00:00:00. */
    public static TimeRange ofSeconds(long start, long end) {
        return new TimeRange(
                LocalDateTime.ofEpochSecond(start, 0, ZoneOffset.UTC),
                LocalDateTime.ofEpochSecond(end, 0, ZoneOffset.UTC));
    }

    /** The first second that lies wholly or partly in the range, counted from 1970-01-01T00:00:00 on the wall clock. */
    public long firstSecond() {
        return start.toEpochSecond(ZoneOffset.UTC);
    }

    /** The first second that lies wholly behind the range. */
    public long endSecond() {
        return end.toEpochSecond(ZoneOffset.UTC) + (end.getNano() > 0 ? 1 : 0);
    }

    public boolean contains(TimeRange other) {
        return !other.start.isBefore(start) && !other.end.isAfter(end);
    }
}
