package io.tributary.batch;

import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * What some records are known by: how many they are, a checksum of all their values that does not depend on their
 * order, and how many have a value in each required column. One engine must take all that are compared.
 */
record Fingerprint(Schema<?> schema, Sql sql) {
    private static final int CHECKSUM = 1;

    /** As aggregates over the columns of the schema. */
    List<Field<?>> aggregates() {
        List<Field<?>> values = new ArrayList<>();
        schema.columns().forEach(column -> values.add(DSL.field(DSL.name(column.name()))));
        List<Field<?>> fields = new ArrayList<>();
        fields.add(DSL.count());
        fields.add(DSL.field(
                sql.isDuckDb() ? "sum(hash({0}))" : "to_hex(checksum(row({0})))", SQLDataType.OTHER, DSL.list(values)));
        required().forEach(column -> fields.add(DSL.count(DSL.field(DSL.name(column.name())))));
        return fields;
    }

    private List<? extends Column<?, ?>> required() {
        return schema.columns().stream().filter(Column::isRequired).toList();
    }

    /** @throws IllegalStateException when the JSON lines are not that many records, with a value in each required column */
    void check(Object partition, List<@Nullable String> read, long records) {
        for (int i = 0; i < read.size(); i++) {
            if (i != CHECKSUM && !String.valueOf(records).equals(read.get(i))) {
                throw new IllegalStateException(
                        "Cannot compact %s: the JSON lines have %s %s (their manifest says %d records; verify the partition)"
                                .formatted(
                                        partition,
                                        read.get(i),
                                        i == 0
                                                ? "records"
                                                : "values of " + required().get(i - CHECKSUM - 1),
                                        records));
            }
        }
    }

    /** @throws IllegalStateException when the Parquet files hold something else */
    void compare(Object partition, List<@Nullable String> read, List<@Nullable String> written) {
        if (!written.equals(read)) {
            throw new IllegalStateException(
                    "Cannot compact %s: the Parquet files hold %s, the JSON lines hold %s (records, checksum, values of required columns; report it)"
                            .formatted(partition, written, read));
        }
    }
}
