package io.tributary.examples.bench;

/** How much is measured. */
public enum Scale {
    /** Small data, once: shows that all runs and that the sides agree; its figures tell little. */
    QUICK(1),
    /** What the published figures are made of. */
    FULL(7);

    private final int rounds;

    Scale(int rounds) {
        this.rounds = rounds;
    }

    /** How often each side runs, after one round that does not count. */
    public int rounds() {
        return rounds;
    }

    /** The one for a quick run or the one for a full run. */
    public long of(long quick, long full) {
        return this == QUICK ? quick : full;
    }
}
