package io.tributary.examples.data;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * How the lines spread over the hours of the half year: fewest at 4 and 5, most from 20 to 23, more at the end
 * of the week. Now and then an hour of the night passes without a sale.
 */
final class TradingHours {
    static final LocalDate FIRST_DAY = LocalDate.of(2015, 1, 1);
    static final LocalDate END_DAY = LocalDate.of(2015, 7, 1);
    static final int HOURS = 24 * (int) ChronoUnit.DAYS.between(FIRST_DAY, END_DAY);

    private static final double[] BY_HOUR = {
        4.2, 2.9, 1.9, 1.3, 0.7, 0.8, 1.7, 3.3, 4.6, 4.0, 3.8, 4.2, 5.1, 4.8, 4.2, 4.3, 4.6, 5.1, 5.7, 5.9, 7.3, 7.7,
        7.8, 7.0
    };
    private static final double SILENT_NIGHT_HOUR = 0.08;

    private final long lines;
    private final double[] reached;

    TradingHours(Dice dice, long lines) {
        this.lines = lines;
        this.reached = new double[HOURS + 1];
        for (int i = 0; i < HOURS; i++) {
            reached[i + 1] = reached[i] + weight(dice, FIRST_DAY.plusDays(i / 24), i % 24);
        }
    }

    private static double weight(Dice dice, LocalDate day, int hour) {
        double chanceful = BY_HOUR[hour] * (0.7 + 0.6 * dice.unit()) * weekday(day.getDayOfWeek());
        return hour >= 2 && hour < 6 && dice.chance(SILENT_NIGHT_HOUR) ? 0 : chanceful;
    }

    private static double weekday(DayOfWeek day) {
        return switch (day) {
            case FRIDAY -> 1.15;
            case SATURDAY -> 1.10;
            case SUNDAY -> 0.90;
            default -> 1.0;
        };
    }

    /** The lines sold in an hour, counted from the first one of the half year. */
    long linesIn(int hour) {
        return linesBefore(hour + 1) - linesBefore(hour);
    }

    private long linesBefore(int hour) {
        return hour == HOURS ? lines : (long) (lines * (reached[hour] / reached[HOURS]));
    }
}
