package io.tributary.batch;

import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryException;
import io.tributary.schema.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Columns of records in a table of the engine's memory, until closed. */
final class StagedTable implements AutoCloseable {
    private final DuckDbEngine engine;
    private final String name;
    private final Collection<? extends Column<?, ?>> columns;
    private final String kind;

    private StagedTable(DuckDbEngine engine, String name, Collection<? extends Column<?, ?>> columns, String kind) {
        this.engine = engine;
        this.name = name;
        this.columns = columns;
        this.kind = kind;
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
        String name = freshName();
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
        return new StagedTable(engine, name, columns, "table");
    }

    /** The same without a copy: each query reads the files that are selected from. */
    static StagedTable unread(
            DuckDbEngine engine,
            Collection<? extends Column<?, ?>> columns,
            Function<SourceSql, Select<Record>> select) {
        String name = freshName();
        Sql sql = new Sql(engine.dialect());
        engine.run(Query.of(sql.render().render(DSL.createView(DSL.name(name)).as(select.apply(new SourceSql(sql))))));
        return new StagedTable(engine, name, columns, "view");
    }

    private static String freshName() {
        return "staged_" + UUID.randomUUID().toString().replace("-", "");
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
        return Long.parseLong(counts(List.of()).get(0));
    }

    /** What contradicts a number of records, each with a value in every required column; null for nothing. */
    @Nullable
    String problem(long records) {
        List<? extends Column<?, ?>> required =
                columns.stream().filter(Column::isRequired).toList();
        List<String> counted = counts(required);
        for (int i = 0; i < counted.size(); i++) {
            if (!counted.get(i).equals(String.valueOf(records))) {
                return counted.get(i) + (i == 0 ? " records" : " values of " + required.get(i - 1));
            }
        }
        return null;
    }

    /** The records, and the values in each of some columns. */
    private List<String> counts(List<? extends Column<?, ?>> ofColumns) {
        List<Field<?>> counts = new ArrayList<>();
        counts.add(DSL.count());
        ofColumns.forEach(column -> counts.add(DSL.count(DSL.field(DSL.name(column.name())))));
        Query query = Query.of(
                new Sql(engine.dialect()).render().render(DSL.select(counts).from(table())));
        return engine.run(query).rows().get(0).stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
        engine.run(Query.of("drop %s \"%s\"".formatted(kind, name)));
    }
}
