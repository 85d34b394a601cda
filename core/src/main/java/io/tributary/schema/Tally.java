package io.tributary.schema;

/**
 * How many inputs were accepted and how many rejected; what was read is their sum. Tallies of parts add
 * up to that of the whole.
 */
public record Tally(long accepted, long rejected) {
    public static final Tally ZERO = new Tally(0, 0);

    public Tally {
        if (accepted < 0 || rejected < 0) {
            throw new IllegalArgumentException(
                    "Invalid tally: %d accepted, %d rejected (neither can be negative)".formatted(accepted, rejected));
        }
    }

    public long read() {
        return accepted + rejected;
    }

    public Tally plus(Tally other) {
        return new Tally(accepted + other.accepted, rejected + other.rejected);
    }

    public Tally plus(Outcome<?> outcome) {
        return outcome instanceof Outcome.Accepted<?>
                ? new Tally(accepted + 1, rejected)
                : new Tally(accepted, rejected + 1);
    }

    /** As one line: {@code read 10 = accepted 9 + rejected 1}. */
    @Override
    public String toString() {
        return "read %d = accepted %d + rejected %d".formatted(read(), accepted, rejected);
    }
}
