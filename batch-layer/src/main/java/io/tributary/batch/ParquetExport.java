package io.tributary.batch;

import io.tributary.batch.lake.ParquetCopy;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.partition.Partition;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Lets DuckDB write JSON lines to Parquet, and compares what it reads back with what it had read. */
final class ParquetExport implements ParquetCopy.Writer {
    private final DuckDbEngine engine;
    private final Schema<?> schema;
    private final CompactionOptions options;
    private final Sql sql;
    private final Fingerprint fingerprint;

    ParquetExport(DuckDbEngine engine, Schema<?> schema, CompactionOptions options) {
        this.engine = engine;
        this.schema = schema;
        this.options = options;
        this.sql = new Sql(engine.dialect());
        this.fingerprint = new Fingerprint(schema, sql);
    }

    /** The lines of all partitions are read by one statement, since a statement costs as much as thousands of lines. */
    @Override
    public Map<Partition, List<Path>> write(List<SealedPartition> partitions, ParquetCopy.Work work)
            throws IOException {
        List<List<Path>> json = new ArrayList<>();
        for (SealedPartition sealed : partitions) {
            json.add(work.json(sealed));
        }
        Map<Partition, List<Path>> written = new HashMap<>();
        try (StagedTable staged =
                StagedTable.of(engine, schema.columns(), sources -> sources.selectSets(json, schema.columns()))) {
            for (int set = 0; set < json.size(); set++) {
                Path parquet = work.directory().resolve("%d.parquet".formatted(set));
                write(partitions.get(set), staged.table(), set, parquet);
                written.put(partitions.get(set).partition(), List.of(parquet));
            }
        }
        return written;
    }

    private void write(SealedPartition sealed, Table<?> staged, int set, Path parquet) {
        Condition isOfSet = DSL.field(SourceSql.SET, Integer.class).eq(DSL.inline(set));
        List<@Nullable String> read = aggregates(staged, isOfSet);
        fingerprint.check(sealed.partition(), read, sealed.manifest().records());
        List<Field<?>> fields = new ArrayList<>();
        schema.columns().forEach(column -> fields.add(DSL.field(DSL.name(column.name()))));
        engine.run(Query.of(sql.render()
                .render(DSL.query(
                        "copy ({0}) to {1} (format parquet, compression zstd, row_group_size {2})",
                        DSL.select(fields).from(staged).where(isOfSet),
                        DSL.inline(parquet.toString()),
                        DSL.inline(options.rowGroupRecords())))));
        Table<?> back = new SourceSql(sql)
                .select(
                        List.of(parquet),
                        schema.columns().stream().map(Column::name).collect(Collectors.toSet()),
                        schema.columns())
                .asTable("written");
        fingerprint.compare(sealed.partition(), read, aggregates(back, DSL.noCondition()));
    }

    private List<@Nullable String> aggregates(Table<?> table, Condition condition) {
        return engine.run(Query.of(sql.render()
                        .render(DSL.select(fingerprint.aggregates()).from(table).where(condition))))
                .rows()
                .get(0);
    }
}
