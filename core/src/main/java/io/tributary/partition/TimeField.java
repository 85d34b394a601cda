package io.tributary.partition;

import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.ValueRange;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A field of a local time that a path can show, from coarse to fine. */
enum TimeField {
    YEAR("yyyy", ChronoField.YEAR, ChronoUnit.YEARS),
    MONTH("MM", ChronoField.MONTH_OF_YEAR, ChronoUnit.MONTHS),
    DAY("dd", ChronoField.DAY_OF_MONTH, ChronoUnit.DAYS),
    HOUR("HH", ChronoField.HOUR_OF_DAY, ChronoUnit.HOURS),
    MINUTE("mm", ChronoField.MINUTE_OF_HOUR, ChronoUnit.MINUTES);

    static final String PATTERNS =
            Arrays.stream(values()).map(field -> field.pattern).collect(Collectors.joining(", "));

    private final String pattern;
    private final ChronoField field;
    private final ChronoUnit unit;

    TimeField(String pattern, ChronoField field, ChronoUnit unit) {
        this.pattern = pattern;
        this.field = field;
        this.unit = unit;
    }

    static Optional<TimeField> of(String pattern) {
        return Arrays.stream(values())
                .filter(field -> field.pattern.equals(pattern))
                .findFirst();
    }

    String pattern() {
        return pattern;
    }

    /** The values that fit into the pattern's digits. */
    ValueRange range() {
        return this == YEAR ? ValueRange.of(1, 9999) : field.range();
    }

    /** Throws a DateTimeException for a value out of range. */
    int check(int value) {
        return range().checkValidIntValue(value, field);
    }

    ChronoUnit unit() {
        return unit;
    }

    LocalDateTime truncate(LocalDateTime time) {
        return switch (this) {
            case YEAR -> LocalDateTime.of(time.getYear(), 1, 1, 0, 0);
            case MONTH -> LocalDateTime.of(time.getYear(), time.getMonth(), 1, 0, 0);
            case DAY, HOUR, MINUTE -> time.truncatedTo(unit);
        };
    }

    void render(LocalDateTime time, StringBuilder path) {
        String digits = Integer.toString(time.get(field));
        path.append("0".repeat(pattern.length() - digits.length())).append(digits);
    }
}
