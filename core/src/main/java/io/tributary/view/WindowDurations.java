package io.tributary.view;

import java.time.Duration;

/** Checks of the durations that windows are made of. */
final class WindowDurations {
    /** Beyond it, arithmetic on window bounds could overflow; no window is a century long. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private static final int MOST_WINDOWS = 10_000;

    private WindowDurations() {}

    static void positive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero() || duration.getNano() != 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Invalid %s: %s (must be whole seconds, at least PT1S and at most %s)"
                    .formatted(what, duration, LONGEST));
        }
    }

    static void atMost(String what, Duration duration, String limitName, Duration limit) {
        if (duration.compareTo(limit) > 0) {
            throw new IllegalArgumentException(
                    "Invalid %s: %s (must be at most the %s %s, or records between windows would be lost)"
                            .formatted(what, duration, limitName, limit));
        }
    }

    static void multipleOf(String what, Duration duration, String unitName, Duration unit) {
        long rest = duration.toSeconds() % unit.toSeconds();
        if (rest != 0) {
            throw new IllegalArgumentException("Invalid %s: %s (must be a multiple of %s %s; try %s)"
                    .formatted(
                            what,
                            duration,
                            unitName,
                            unit,
                            duration.minusSeconds(rest).plus(unit)));
        }
    }

    /** Reading a slice touches all of its windows, so there must not be too many of them. */
    static void fewWindows(String what, Duration distance, Duration size) {
        if (size.dividedBy(distance) > MOST_WINDOWS) {
            throw new IllegalArgumentException("Invalid %s: %s (a record would be in %d windows, at most %d; try %s)"
                    .formatted(
                            what,
                            distance,
                            size.dividedBy(distance),
                            MOST_WINDOWS,
                            Duration.ofSeconds((size.toSeconds() + MOST_WINDOWS - 1) / MOST_WINDOWS)));
        }
    }

    static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
