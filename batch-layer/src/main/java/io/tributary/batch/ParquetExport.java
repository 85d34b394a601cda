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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Select;
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

    @Override
    public Map<Partition, List<Path>> write(List<SealedPartition> partitions, ParquetCopy.Work work)
            throws IOException {
        Map<Partition, List<Path>> written = new HashMap<>();
        for (SealedPartition sealed : partitions) {
            Path parquet = work.directory().resolve("%d.parquet".formatted(written.size()));
            write(sealed, work.json(sealed), parquet);
            written.put(sealed.partition(), List.of(parquet));
        }
        return written;
    }

    private void write(SealedPartition sealed, List<Path> json, Path parquet) {
        Table<?> staged =
                DSL.table(DSL.name("compacted_" + UUID.randomUUID().toString().replace("-", "")));
        SourceSql sources = new SourceSql(sql);
        run(DSL.createTable(staged).as(sources.select(Source.jsonFiles(json), schema.columns())));
        try {
            List<@Nullable String> read = aggregates(staged);
            fingerprint.check(sealed.partition(), read, sealed.manifest().records());
            run(DSL.query(
                    "copy {0} to {1} (format parquet, compression zstd, row_group_size {2})",
                    staged, DSL.inline(parquet.toString()), DSL.inline(options.rowGroupRecords())));
            Select<Record> back = sources.select(
                    List.of(parquet),
                    schema.columns().stream().map(Column::name).collect(Collectors.toSet()),
                    schema.columns());
            fingerprint.compare(sealed.partition(), read, aggregates(back.asTable("written")));
        } finally {
            run(DSL.dropTable(staged));
        }
    }

    private List<@Nullable String> aggregates(Table<?> table) {
        return engine.run(Query.of(
                        sql.render().render(DSL.select(fingerprint.aggregates()).from(table))))
                .rows()
                .get(0);
    }

    private void run(QueryPart statement) {
        engine.run(Query.of(sql.render().render(statement)));
    }
}
