package io.tributary.partition;

import java.time.temporal.ChronoUnit;
import java.time.temporal.ValueRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A partition column of the lake. One that shows a single field of the time ({@code MM}) is an int; one
 * that joins several ({@code yyyy-MM-dd}) is a string. Texts of one column have one length and sort by time.
 *
 * @param name in lower case, as Athena folds names
 * @param pattern of a DateTimeFormatter, made of yyyy, MM, dd, HH, mm and of {@code - _ .} between them
 */
public record PartitionColumn(String name, String pattern) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,127}");
    static final Pattern JOINT = Pattern.compile("[-_.]*");

    public PartitionColumn {
        List<String> problems = problems(name, pattern);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Invalid partition column: " + String.join("; ", problems));
        }
    }

    static List<String> problems(String name, String pattern) {
        List<String> problems = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            problems.add("column name %s (must match %s, as Athena folds names to lower case)"
                    .formatted(PathEscape.show(name), NAME));
        }
        List<Part> parts = Part.ofPattern(pattern, problems);
        for (Part part : parts) {
            if (part instanceof Part.Text joint && !JOINT.matcher(joint.text()).matches()) {
                problems.add("column %s joins fields by %s (use - _ or .)"
                        .formatted(PathEscape.show(name), PathEscape.show(joint.text())));
            }
        }
        if (parts.stream().noneMatch(Part.Time.class::isInstance)) {
            problems.add("column %s shows no time (use %s)".formatted(PathEscape.show(name), TimeField.PATTERNS));
        }
        return problems;
    }

    public boolean isInteger() {
        return TimeField.of(pattern).isPresent();
    }

    /** The type in Hive's and Athena's DDL: {@code int} or {@code string}. */
    public String hiveType() {
        return isInteger() ? "int" : "string";
    }

    /** The length of every value as text: the digits of an int, zero-padded. */
    public int digits() {
        return pattern.length();
    }

    /** The finest unit of time that the column tells apart. */
    public ChronoUnit unit() {
        return finest().unit();
    }

    /** The values that an int column can have; empty for a string. */
    public Optional<ValueRange> range() {
        return TimeField.of(pattern).map(TimeField::range);
    }

    List<Part> parts() {
        return Part.ofPattern(pattern, new ArrayList<>());
    }

    TimeField finest() {
        TimeField finest = TimeField.YEAR;
        for (Part part : parts()) {
            if (part instanceof Part.Time time && time.field().compareTo(finest) > 0) {
                finest = time.field();
            }
        }
        return finest;
    }
}
