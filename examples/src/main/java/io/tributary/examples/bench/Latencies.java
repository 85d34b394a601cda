package io.tributary.examples.bench;

import java.util.Arrays;
import java.util.stream.LongStream;

/** How long some requests took. */
final class Latencies {
    private static final double NANOS = 1e9;

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    static Latencies ofNanos(LongStream nanos) {
        long[] sorted = nanos.toArray();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    /** What a share of the requests took at most. */
    double seconds(double share) {
        return sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))] / NANOS;
    }
}
