package io.tributary.batch.query;

import io.tributary.config.Limits;

/**
 * What an embedded DuckDB may take of the process.
 *
 * @param memoryBytes how much memory; beyond it, it spills to a temporary directory
 * @param threads how many work on a query
 */
public record DuckDbOptions(long memoryBytes, int threads) {
    private static final long LEAST_BYTES = 64L << 20;
    private static final long MOST_BYTES = 1L << 40;
    private static final int MOST_THREADS = 256;

    public DuckDbOptions {
        Limits.check()
                .between("memoryBytes", memoryBytes, LEAST_BYTES, MOST_BYTES)
                .between("threads", threads, 1, MOST_THREADS)
                .enforce();
    }

    /** 512 MiB and a thread for each processor. */
    public static DuckDbOptions defaults() {
        return new DuckDbOptions(512L << 20, Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS));
    }

    public DuckDbOptions withMemoryBytes(long bytes) {
        return new DuckDbOptions(bytes, threads);
    }

    public DuckDbOptions withThreads(int count) {
        return new DuckDbOptions(memoryBytes, count);
    }
}
