package io.tributary.batch;

import io.tributary.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * What some records are known by: how many they are, how many have a value in each required column, and a checksum of
 * all their values that does not depend on their order. One engine must take all that are compared.
 */
record Fingerprint(Schema<?> schema, Sql sql) {
    private RecordCounts counts() {
        return RecordCounts.of(schema.columns());
    }

    /** As aggregates over the columns of the schema: the counts, then the checksum. */
    List<Field<?>> aggregates() {
        List<Field<?>> values = new ArrayList<>();
        schema.columns().forEach(column -> values.add(DSL.field(DSL.name(column.name()))));
        List<Field<?>> fields = new ArrayList<>(counts().fields(column -> DSL.field(DSL.name(column.name()))));
        fields.add(DSL.field(
                sql.isDuckDb() ? "sum(hash({0}))" : "to_hex(checksum(row({0})))", SQLDataType.OTHER, DSL.list(values)));
        return fields;
    }

    /** @throws IllegalStateException when the JSON lines are not that many records, with a value in each required column */
    void check(Object partition, List<@Nullable String> read, long records) {
        RecordCounts counts = counts();
        String problem = counts.problem(read.subList(0, counts.width()), records);
        if (problem != null) {
            throw new IllegalStateException(
                    "Cannot compact %s: the JSON lines have %s (their manifest says %d records; verify the partition)"
                            .formatted(partition, problem, records));
        }
    }

    /** @throws IllegalStateException when the Parquet files hold something else */
    void compare(Object partition, List<@Nullable String> read, List<@Nullable String> written) {
        if (!written.equals(read)) {
            throw new IllegalStateException(
                    "Cannot compact %s: the Parquet files hold %s, the JSON lines hold %s (records, values of required columns, checksum; report it)"
                            .formatted(partition, written, read));
        }
    }
}
