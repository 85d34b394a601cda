package io.tributary.examples.bench;

import java.util.function.Consumer;

/** A question about speed or size: ours beside what a user would take instead. See {@link Benchmarks}. */
public interface Benchmark {
    /** As it is named on the command line. */
    String name();

    /** What is compared with what, in one line. */
    String summary();

    /**
     * Measures, and hands on each line when it is there.
     *
     * @throws IllegalStateException when the sides do not agree on the result
     */
    void run(Scale scale, Consumer<Line> lines) throws Exception;
}
