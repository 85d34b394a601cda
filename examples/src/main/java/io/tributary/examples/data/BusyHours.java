package io.tributary.examples.data;

/** When a division sells: how much more or less than on average at an hour of the day. */
enum BusyHours {
    ALL,
    MORNING,
    NOON,
    EVENING;

    double factor(int hour) {
        return switch (this) {
            case ALL -> 1;
            case MORNING -> between(hour, 6, 10) ? 1.8 : 0.9;
            case NOON -> between(hour, 11, 14) ? 2.2 : between(hour, 17, 20) ? 1.4 : 0.8;
            case EVENING -> between(hour, 18, 24) || hour < 2 ? 1.3 : between(hour, 5, 12) ? 0.5 : 0.8;
        };
    }

    private static boolean between(int hour, int from, int to) {
        return hour >= from && hour < to;
    }
}
