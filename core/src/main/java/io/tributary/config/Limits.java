package io.tributary.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits of an options record, checked in its constructor, so that all that is wrong is told at once:
 *
 * <pre>{@code
 * Limits.check()
 *         .between("requests", requests, 1, 50)
 *         .between("linger", linger, Duration.ZERO, Duration.ofDays(1))
 *         .enforce();
 * }</pre>
 *
 * Each check names a component of the record. A component that is null has no limit.
 */
public final class Limits {
    private final List<String> problems = new ArrayList<>();

    private Limits() {}

    public static Limits check() {
        return new Limits();
    }

    public Limits between(String name, @Nullable Long value, long least, long most) {
        return holds(
                name,
                value,
                value == null || (value >= least && value <= most),
                "from %d to %d".formatted(least, most));
    }

    public Limits between(String name, int value, int least, int most) {
        return between(name, Long.valueOf(value), least, most);
    }

    public Limits between(String name, @Nullable Duration value, Duration least, Duration most) {
        return holds(
                name,
                value,
                value == null || (value.compareTo(least) >= 0 && value.compareTo(most) <= 0),
                "from %s to %s".formatted(least, most));
    }

    public <T extends Comparable<T>> Limits atLeast(String name, @Nullable T value, T least) {
        return holds(name, value, value == null || value.compareTo(least) >= 0, "at least " + least);
    }

    /**
     * Any other condition. Of several that a component does not meet, the first is told.
     *
     * @param limit what the value must be, as the rest of that sentence
     */
    public Limits holds(String name, @Nullable Object value, boolean holds, String limit) {
        boolean blank = value instanceof String text && text.isBlank();
        return shown(name, blank ? "'" + value + "'" : String.valueOf(value), holds, limit);
    }

    /** The same for a value that no message may show. */
    public Limits holdsOfSecret(String name, boolean holds, String limit) {
        return shown(name, "it is not shown", holds, limit);
    }

    private Limits shown(String name, String value, boolean holds, String limit) {
        if (!holds && problems.stream().noneMatch(problem -> problem.startsWith(name + ": "))) {
            problems.add("%s: %s (must be %s)".formatted(name, value, limit));
        }
        return this;
    }

    /**
     * Ends the check.
     *
     * @throws InvalidOptionsException when a check did not hold, with all that did not
     */
    public void enforce() {
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
    }
}
