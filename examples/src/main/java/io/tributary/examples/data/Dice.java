package io.tributary.examples.data;

import java.util.List;

/**
 * Random numbers that depend on nothing but a seed and the purpose they serve: the same on every Java version,
 * so that generated files can be compared by their checksums. SplitMix64, as published by Steele, Lea and Flood.
 */
final class Dice {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final double DOUBLE_UNIT = 0x1.0p-53;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** Dice of different purposes do not influence each other. */
    static Dice of(long seed, String purpose) {
        return new Dice(mix(seed + GOLDEN_GAMMA) ^ mix(purpose.hashCode()));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 to {@code bound - 1}; the bias is below one in two billion for the bounds used here. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** From 0 to just below 1. */
    double unit() {
        return (next() >>> 11) * DOUBLE_UNIT;
    }

    boolean chance(double probability) {
        return unit() < probability;
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = below(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
