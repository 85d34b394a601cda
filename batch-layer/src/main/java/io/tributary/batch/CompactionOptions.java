package io.tributary.batch;

import io.tributary.config.Limits;

/**
 * How Parquet copies are written.
 *
 * @param rowGroupRecords the most records of a row group: small groups can be skipped or read by
 *     several threads, large ones compress better
 */
public record CompactionOptions(int rowGroupRecords) {
    private static final int LEAST = 2_048;
    private static final int MOST = 10_000_000;

    public CompactionOptions {
        Limits.check().between("rowGroupRecords", rowGroupRecords, LEAST, MOST).enforce();
    }

    /** Row groups of 122,880 records, which are DuckDB's own. */
    public static CompactionOptions defaults() {
        return new CompactionOptions(122_880);
    }

    public CompactionOptions withRowGroupRecords(int records) {
        return new CompactionOptions(records);
    }
}
