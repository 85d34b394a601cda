package io.tributary.schema;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Reads and writes {@code yyyy-MM-dd} and {@code yyyy-MM-ddTHH:mm:ss[.ffffff]} by position, since one
 * record has three of them and a formatter costs more than all else in it. A space is read for the
 * {@code T}, as SQL engines write it. Years 0001 to 9999.
 */
final class IsoText {
    static final int DATE_LENGTH = 10;
    static final String YEARS = "in the years 0001 to 9999";
    static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    private static final int SECOND_LENGTH = 19;
    private static final int MAX_FRACTION_DIGITS = 6;
    private static final String DATE_TIME = "a time as yyyy-MM-ddTHH:mm:ss with at most 6 fraction digits and no zone";

    private IsoText() {}

    /** The day that the first ten characters name. */
    static LocalDate date(String text) {
        try {
            if (text.charAt(4) == '-' && text.charAt(7) == '-') {
                int year = number(text, 0, 4);
                checkYear(year, text);
                return LocalDate.of(year, number(text, 5, 7), number(text, 8, 10));
            }
        } catch (DateTimeException | NumberFormatException e) {
            throw new InvalidValueException(text, "a day of the calendar as yyyy-MM-dd");
        }
        throw new InvalidValueException(text, "a day as yyyy-MM-dd");
    }

    static LocalDateTime dateTime(String text) {
        int length = text.length();
        if (length < SECOND_LENGTH
                || length > SECOND_LENGTH + 1 + MAX_FRACTION_DIGITS
                || (text.charAt(10) != 'T' && text.charAt(10) != ' ')
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            throw new InvalidValueException(text, DATE_TIME);
        }
        LocalDate date = date(text);
        try {
            return LocalDateTime.of(
                    date, LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19), nanos(text)));
        } catch (DateTimeException | NumberFormatException e) {
            throw new InvalidValueException(text, DATE_TIME);
        }
    }

    private static int nanos(String text) {
        int length = text.length();
        if (length == SECOND_LENGTH) {
            return 0;
        }
        if (text.charAt(SECOND_LENGTH) != '.' || length == SECOND_LENGTH + 1) {
            throw new NumberFormatException();
        }
        int nanos = number(text, SECOND_LENGTH + 1, length);
        for (int digits = length - SECOND_LENGTH - 1; digits < 9; digits++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw new NumberFormatException();
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }

    static void checkYear(int year, Object value) {
        if (year < 1 || year > 9999) {
            throw new InvalidValueException(value.toString(), YEARS);
        }
    }

    static LocalDateTime toMicros(LocalDateTime value) {
        checkYear(value.getYear(), value);
        return value.getNano() % 1000 == 0 ? value : value.truncatedTo(ChronoUnit.MICROS);
    }

    static String format(LocalDate value) {
        byte[] text = new byte[DATE_LENGTH];
        write(value, text);
        return new String(text, US_ASCII);
    }

    /** Seconds always, then as many fraction digits as needed: 0, 3 or 6. Years behind 9999 have a sign. */
    static String format(LocalDateTime value) {
        if (value.getYear() < 1 || value.getYear() > 9999) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(value);
        }
        int micros = value.getNano() / 1_000;
        int fractionDigits = micros == 0 ? 0 : micros % 1_000 == 0 ? 3 : MAX_FRACTION_DIGITS;
        byte[] text = new byte[fractionDigits == 0 ? SECOND_LENGTH : SECOND_LENGTH + 1 + fractionDigits];
        write(value.toLocalDate(), text);
        text[10] = 'T';
        write(value.getHour(), 2, text, 11);
        text[13] = ':';
        write(value.getMinute(), 2, text, 14);
        text[16] = ':';
        write(value.getSecond(), 2, text, 17);
        if (fractionDigits > 0) {
            text[SECOND_LENGTH] = '.';
            write(fractionDigits == 3 ? micros / 1_000 : micros, fractionDigits, text, SECOND_LENGTH + 1);
        }
        return new String(text, US_ASCII);
    }

    private static void write(LocalDate value, byte[] text) {
        write(value.getYear(), 4, text, 0);
        text[4] = '-';
        write(value.getMonthValue(), 2, text, 5);
        text[7] = '-';
        write(value.getDayOfMonth(), 2, text, 8);
    }

    private static void write(int number, int digits, byte[] text, int at) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
