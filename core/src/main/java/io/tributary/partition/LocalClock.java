package io.tributary.partition;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * A zone's wall clock that never goes back: where the zone turns its clock back, this one stands still
 * at the last moment shown until the zone's has caught up. Hence the instants at which it shows a time
 * within any interval form one interval, whatever the zone's history.
 */
record LocalClock(ZoneId zone) {
    /** Offsets lie within ±18 hours, so that no clock is turned back by more. */
    private static final Duration LONGEST_STAND = Duration.ofHours(36);

    /** Years are shown in four digits. */
    static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);

    static final LocalDateTime END = LocalDateTime.of(10_000, 1, 1, 0, 0);

    LocalDateTime at(Instant instant) {
        if (instant.isBefore(reach(FIRST)) || !instant.isBefore(reach(END))) {
            throw new IllegalArgumentException(
                    "Cannot place %s in the lake (must lie within the years 0001 to 9999 of %s)"
                            .formatted(instant, zone));
        }
        ZoneRules rules = zone.getRules();
        LocalDateTime shown = LocalDateTime.ofInstant(instant, zone);
        Instant oldest = instant.minus(LONGEST_STAND);
        ZoneOffsetTransition turn = rules.previousTransition(instant.plusNanos(1));
        while (turn != null && turn.getInstant().isAfter(oldest)) {
            LocalDateTime lastBefore = turn.getDateTimeBefore().minusNanos(1);
            if (lastBefore.isAfter(shown)) {
                shown = lastBefore;
            }
            turn = rules.previousTransition(turn.getInstant());
        }
        return shown;
    }

    /** The first instant at which this clock shows the given time or, where it leaps over it, a later one. */
    Instant reach(LocalDateTime time) {
        ZoneRules rules = zone.getRules();
        Instant from = time.toInstant(ZoneOffset.MAX);
        while (true) {
            Instant hit = time.toInstant(rules.getOffset(from));
            if (!hit.isAfter(from)) {
                return from;
            }
            ZoneOffsetTransition turn = rules.nextTransition(from);
            if (turn == null || hit.isBefore(turn.getInstant())) {
                return hit;
            }
            from = turn.getInstant();
        }
    }
}
