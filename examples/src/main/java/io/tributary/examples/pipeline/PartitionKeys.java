package io.tributary.examples.pipeline;

import java.util.Random;
import java.util.stream.IntStream;

/** Partition keys {@code part-00001} to {@code part-01024}, drawn at random; the same seed draws the same. */
public final class PartitionKeys {
    private static final int COUNT = 1_024;

    private final String[] keys =
            IntStream.rangeClosed(1, COUNT).mapToObj("part-%05d"::formatted).toArray(String[]::new);
    private final Random random;

    public PartitionKeys(long seed) {
        this.random = new Random(seed);
    }

    public String next() {
        return keys[random.nextInt(COUNT)];
    }
}
