package io.tributary.batch;

/**
 * How Parquet copies are written.
 *
 * @param rowGroupRecords the most records of a row group, 2,048 to 10 million: small groups can be skipped or read by
 *     several threads, large ones compress better
 */
public record CompactionOptions(int rowGroupRecords) {
    private static final int LEAST = 2_048;
    private static final int MOST = 10_000_000;

    public CompactionOptions {
        if (rowGroupRecords < LEAST || rowGroupRecords > MOST) {
            throw new IllegalArgumentException("Invalid records of a row group: %d (must be from %d to %d)"
                    .formatted(rowGroupRecords, LEAST, MOST));
        }
    }

    /** Row groups of 122,880 records, which are DuckDB's own. */
    public static CompactionOptions defaults() {
        return new CompactionOptions(122_880);
    }

    public CompactionOptions withRowGroupRecords(int records) {
        return new CompactionOptions(records);
    }
}
