package io.tributary.batch;

import io.tributary.config.Limits;

/**
 * How Parquet copies are written.
 *
 * @param rowGroupRecords the most records of a row group: small groups can be skipped or read by
 *     several threads, large ones compress better
 * @param parallelism how many sets of partitions are converted at the same time, so that one is read while another
 *     is written
 */
public record CompactionOptions(int rowGroupRecords, int parallelism) {
    private static final int LEAST = 2_048;
    private static final int MOST = 10_000_000;
    private static final int MOST_PARALLEL = 64;

    public CompactionOptions {
        Limits.check()
                .between("rowGroupRecords", rowGroupRecords, LEAST, MOST)
                .between("parallelism", parallelism, 1, MOST_PARALLEL)
                .enforce();
    }

    /** Row groups of 122,880 records, which are DuckDB's own, and two sets of partitions at a time. */
    public static CompactionOptions defaults() {
        return new CompactionOptions(122_880, 2);
    }

    public CompactionOptions withRowGroupRecords(int records) {
        return new CompactionOptions(records, parallelism);
    }

    public CompactionOptions withParallelism(int sets) {
        return new CompactionOptions(rowGroupRecords, sets);
    }
}
