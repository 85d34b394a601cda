package io.tributary.batch;

import io.tributary.batch.lake.ParquetCopy;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Lets DuckDB write JSON lines to Parquet, and compares what it reads back with what it had read. */
final class ParquetExport implements ParquetCopy.Writer {
    private final DuckDbEngine engine;
    private final Schema<?> schema;
    private final CompactionOptions options;
    private final Sql sql;

    ParquetExport(DuckDbEngine engine, Schema<?> schema, CompactionOptions options) {
        this.engine = engine;
        this.schema = schema;
        this.options = options;
        this.sql = new Sql(engine.dialect());
    }

    @Override
    public void write(List<Path> json, long records, Path parquet) {
        try (StagedTable staged = StagedTable.of(engine, json, schema.columns())) {
            List<@Nullable String> read = fingerprint(staged.table());
            check(read, records);
            run(DSL.query(
                    "copy {0} to {1} (format parquet, compression zstd, row_group_size {2})",
                    staged.table(), DSL.inline(parquet.toString()), DSL.inline(options.rowGroupRecords())));
            Select<Record> back = new SourceSql(sql)
                    .select(
                            List.of(parquet),
                            schema.columns().stream().map(Column::name).collect(Collectors.toSet()),
                            schema.columns());
            List<@Nullable String> written = fingerprint(back.asTable("written"));
            if (!written.equals(read)) {
                throw new IllegalStateException(
                        "Cannot compact: the Parquet file holds %s, the JSON lines hold %s (records, checksum, values of required columns; report it)"
                                .formatted(written, read));
            }
        }
    }

    /** The records, a checksum of all their values that does not depend on their order, and the values of each required column. */
    private List<@Nullable String> fingerprint(Table<?> table) {
        List<Field<?>> values = new ArrayList<>();
        schema.columns().forEach(column -> values.add(DSL.field(DSL.name(column.name()))));
        List<Field<?>> counts = new ArrayList<>();
        counts.add(DSL.count());
        counts.add(DSL.field("sum(hash({0}))", SQLDataType.NUMERIC, DSL.list(values)));
        required().forEach(column -> counts.add(DSL.count(DSL.field(DSL.name(column.name())))));
        return engine.run(Query.of(sql.render().render(DSL.select(counts).from(table))))
                .rows()
                .get(0);
    }

    private void check(List<@Nullable String> read, long records) {
        for (int i = 0; i < read.size(); i++) {
            if (i != 1 && !String.valueOf(records).equals(read.get(i))) {
                throw new IllegalStateException(
                        "Cannot compact: the JSON lines have %s %s (their manifest says %d records; verify the partition)"
                                .formatted(
                                        read.get(i),
                                        i == 0
                                                ? "records"
                                                : "values of " + required().get(i - 2),
                                        records));
            }
        }
    }

    private List<? extends Column<?, ?>> required() {
        return schema.columns().stream().filter(Column::isRequired).toList();
    }

    private void run(QueryPart statement) {
        engine.run(Query.of(sql.render().render(statement)));
    }
}
