package io.tributary.batch;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryException;
import io.tributary.schema.Column;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Columns of records in a table of the engine's memory, until closed. */
final class StagedTable implements AutoCloseable {
    private final DuckDbEngine engine;
    private final String name;
    private final RecordCounts counts;

    private StagedTable(DuckDbEngine engine, String name, RecordCounts counts) {
        this.engine = engine;
        this.name = name;
        this.counts = counts;
    }

    static StagedTable of(DuckDbEngine engine, List<Path> json, Collection<? extends Column<?, ?>> columns) {
        return of(engine, columns, sources -> sources.select(Source.jsonFiles(json), columns));
    }

    /**
     * Reads JSON lines as fast as it can be done, and once more, exactly, where that fails.
     *
     * @param select of these columns
     */
    static StagedTable of(
            DuckDbEngine engine,
            Collection<? extends Column<?, ?>> columns,
            Function<SourceSql, Select<Record>> select) {
        String name = "staged_" + UUID.randomUUID().toString().replace("-", "");
        Sql sql = new Sql(engine.dialect());
        Query exact = create(sql, name, select.apply(new SourceSql(sql)));
        Query swift = create(sql, name, select.apply(SourceSql.swift(sql)));
        try {
            engine.run(swift);
        } catch (QueryException e) {
            if (swift.equals(exact)) {
                throw e;
            }
            engine.run(exact);
        }
        return new StagedTable(engine, name, RecordCounts.of(columns));
    }

    private static Query create(Sql sql, String name, Select<Record> select) {
        return Query.of(sql.render().render(DSL.createTable(DSL.name(name)).as(select)));
    }

    Table<?> table() {
        return DSL.table(DSL.name(name));
    }

    Source.Table source() {
        return Source.table(name);
    }

    long records() {
        return Long.parseLong(String.valueOf(counted().get(0)));
    }

    /** @throws IllegalStateException when the manifests say otherwise */
    void check(LakeContents contents) {
        counts.check(counted(), contents);
    }

    /** What contradicts a number of records, each with a value in every required column; null for nothing. */
    @Nullable
    String problem(long records) {
        return counts.problem(counted(), records);
    }

    private List<@Nullable String> counted() {
        Select<?> select = DSL.select(counts.fields(column -> DSL.field(DSL.name(column.name()))))
                .from(table());
        return engine.run(Query.of(new Sql(engine.dialect()).render().render(select)))
                .rows()
                .get(0);
    }

    @Override
    public void close() {
        engine.run(Query.of("drop table \"%s\"".formatted(name)));
    }
}
