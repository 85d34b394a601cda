package io.tributary.testing;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a check expects. Each method throws an {@link AssertionError} that names the value and what it must be. */
public final class Expect {
    private static final int MOST_CHARS = 2_000;

    private Expect() {}

    /** Expects a value to equal another. Of lists of one size, the first elements that differ are named. */
    public static void equal(String what, @Nullable Object actual, @Nullable Object expected) {
        if (actual instanceof List<?> some && expected instanceof List<?> others && some.size() == others.size()) {
            for (int i = 0; i < some.size() && some.size() > 1; i++) {
                that(
                        Objects.equals(some.get(i), others.get(i)),
                        "%s, element %d of %d".formatted(what, i + 1, some.size()),
                        some.get(i),
                        others.get(i));
            }
        }
        that(Objects.equals(actual, expected), what, actual, expected);
    }

    /**
     * Expects a condition to hold.
     *
     * @param actual the value that it is about
     * @param expected what that must be
     */
    public static void that(boolean condition, String what, @Nullable Object actual, @Nullable Object expected) {
        if (!condition) {
            throw new AssertionError("Invalid %s: %s (must be %s)".formatted(what, shown(actual), shown(expected)));
        }
    }

    /** Expects an exception of a type, and returns it. */
    public static <E extends Throwable> E thrown(Class<E> type, String what, Contract.Check check) {
        Throwable thrown = null;
        try {
            check.run();
        } catch (Exception | AssertionError e) {
            thrown = e;
        }
        if (!type.isInstance(thrown)) {
            AssertionError error = new AssertionError("Invalid outcome of %s: %s (must be a %s)"
                    .formatted(what, thrown == null ? "no exception" : thrown, type.getSimpleName()));
            if (thrown != null) {
                error.initCause(thrown);
            }
            throw error;
        }
        return type.cast(thrown);
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= MOST_CHARS
                ? text
                : "%s… of %d characters".formatted(text.substring(0, MOST_CHARS), text.length());
    }
}
