package io.tributary.speed;

import java.io.Serializable;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * What becomes of a record that comes after its windows have closed. Late is a record whose last window
 * ended, by the watermark, longer ago than windows are corrected.
 *
 * <p>A record between the first and the last of its windows still counts in those that are open, as in
 * Flink SQL; the metric {@code partly_late_records_total} counts these, {@code late_records_total} the late ones.
 */
public sealed interface Lateness extends Serializable {

    /** How long after its end, in event time, a window can still change. */
    Duration retention();

    /** Late records are dropped and counted. */
    record Drop() implements Lateness {
        @Override
        public Duration retention() {
            return Duration.ZERO;
        }

        @Override
        public String toString() {
            return "drop";
        }
    }

    /**
     * Late records go to a side output and are counted. Those of an input that was idle while the others went
     * on are found out only when they have been aggregated, and are dropped, counted and logged.
     */
    record SideOutput() implements Lateness {
        @Override
        public Duration retention() {
            return Duration.ZERO;
        }

        @Override
        public String toString() {
            return "side-output";
        }
    }

    /**
     * What was emitted is corrected for a time, at the price of keeping slices as long. A job that goes on with a longer
     * one corrects no window that it had forgotten before.
     *
     * @param afterwards for records that are later still
     */
    record Correct(Duration retention, Lateness afterwards) implements Lateness {
        public Correct {
            if (retention.isNegative() || retention.isZero()) {
                throw new IllegalArgumentException(
                        "Invalid retention: %s (must be positive; use drop() or sideOutput() for none)"
                                .formatted(retention));
            }
            if (afterwards instanceof Correct) {
                throw new IllegalArgumentException(
                        "Invalid lateness: correct after correct (use drop() or sideOutput() afterwards)");
            }
        }

        /** Later records go to a side output instead of being dropped. */
        public Correct thenSideOutput() {
            return new Correct(retention, sideOutput());
        }

        @Override
        public String toString() {
            return "correct %s then %s".formatted(retention, afterwards);
        }
    }

    static Lateness drop() {
        return new Drop();
    }

    static Lateness sideOutput() {
        return new SideOutput();
    }

    /** Corrects for so long after a window's end, then drops and counts. */
    static Correct correct(Duration retention) {
        return new Correct(retention, drop());
    }

    /** Corrects without end; keeps all slices, so for bounded inputs only. */
    static Correct correctAlways() {
        return correct(ChronoUnit.FOREVER.getDuration());
    }

    /**
     * Reads what {@code toString} gives: {@code drop}, {@code side-output}, or {@code correct PT1H then} one of them.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    static Lateness parse(String text) {
        String[] words = text.split(" +", -1);
        try {
            return words.length == 4 && words[0].equals("correct") && words[2].equals("then")
                    ? new Correct(Duration.parse(words[1]), simple(text, words[3]))
                    : simple(text, text);
        } catch (DateTimeParseException e) {
            throw unknown(text);
        }
    }

    private static Lateness simple(String text, String word) {
        return switch (word) {
            case "drop" -> drop();
            case "side-output" -> sideOutput();
            default -> throw unknown(text);
        };
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException(
                "%s (must be drop, side-output, or correct PT1H then one of them)".formatted(text));
    }

    /** Whether there is a side output of late records. */
    default boolean hasSideOutput() {
        return this instanceof SideOutput
                || (this instanceof Correct correct && correct.afterwards().hasSideOutput());
    }
}
