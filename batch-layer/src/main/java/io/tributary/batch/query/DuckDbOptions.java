package io.tributary.batch.query;

/**
 * What an embedded DuckDB may take of the process.
 *
 * @param memoryBytes 64 MiB to 1 TiB; beyond it, it spills to a temporary directory
 * @param threads 1 to 256
 */
public record DuckDbOptions(long memoryBytes, int threads) {
    private static final long LEAST_BYTES = 64L << 20;
    private static final long MOST_BYTES = 1L << 40;
    private static final int MOST_THREADS = 256;

    public DuckDbOptions {
        if (memoryBytes < LEAST_BYTES || memoryBytes > MOST_BYTES) {
            throw new IllegalArgumentException("Invalid memory limit of DuckDB: %d (must be from %d to %d bytes)"
                    .formatted(memoryBytes, LEAST_BYTES, MOST_BYTES));
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(
                    "Invalid threads of DuckDB: %d (must be from 1 to %d)".formatted(threads, MOST_THREADS));
        }
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
