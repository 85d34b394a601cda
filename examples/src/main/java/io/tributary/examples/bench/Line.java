package io.tributary.examples.bench;

/**
 * One line of a benchmark's result.
 *
 * @param what was measured
 * @param ours what our side needed or achieved, with its unit
 * @param alternative what the other side is, and what it needed or achieved
 * @param ratio how many times ours is better
 * @param target the ratio that was aimed at; 0 when none was
 */
public record Line(String what, String ours, String alternative, Ratio ratio, double target) {
    public boolean isReached() {
        return ratio.median() >= target;
    }

    /** The target and whether it was reached; empty without one. */
    public String verdict() {
        if (target == 0) {
            return "";
        }
        return "%s %s".formatted(Ratio.text(target), isReached() ? "reached" : "missed");
    }
}
