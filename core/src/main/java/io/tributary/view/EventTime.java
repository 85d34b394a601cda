package io.tributary.view;

import io.tributary.schema.Column;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The column that tells when a record happened in the business, as a wall-clock time. A column of
 * instants is seen in a zone: the hour that a clock change repeats is then one hour of twice the length.
 *
 * @param column a required column of wall-clock times or of instants
 * @param zone the zone of the wall clock when the column holds instants, else null
 */
public record EventTime<R>(Column<R, ?> column, @Nullable ZoneId zone) implements Serializable {

    public EventTime {
        Class<?> type = column.type().javaType();
        boolean fits = zone == null ? type == LocalDateTime.class : type == Instant.class;
        if (!fits || !column.isRequired()) {
            throw new IllegalArgumentException(
                    "Invalid event time: %s (must be a required column of wall-clock times, or of instants with a zone)"
                            .formatted(column.name()));
        }
    }

    static <R> EventTime<R> local(Column<R, LocalDateTime> column) {
        return new EventTime<>(column, null);
    }

    static <R> EventTime<R> in(Column<R, Instant> column, ZoneId zone) {
        return new EventTime<>(column, zone);
    }

    /** The record's wall-clock second, counted from 1970-01-01T00:00:00 on that clock. */
    public long second(R row) {
        Object value = column.get(row);
        if (value instanceof LocalDateTime local) {
            return local.toEpochSecond(ZoneOffset.UTC);
        }
        if (value instanceof Instant instant && zone != null) {
            long second = instant.getEpochSecond();
            return second + zone.getRules().getOffset(instant).getTotalSeconds();
        }
        throw new DateTimeException("Cannot place a record in time: its %s is missing".formatted(column.name()));
    }

    @Override
    public String toString() {
        return zone == null ? column.name() : column.name() + " in " + zone;
    }
}
