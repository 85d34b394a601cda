package io.tributary.examples.lake;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;

/** A record that can be told from all others. */
record NumberedRecord(long number) {
    static final Column<NumberedRecord, Long> NUMBER =
            Column.of("number", ColumnType.longInteger(), NumberedRecord::number);
    static final Schema<NumberedRecord> SCHEMA = Schema.of("numbered", NumberedRecord.class, NUMBER);
}
