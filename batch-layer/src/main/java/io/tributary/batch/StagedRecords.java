package io.tributary.batch;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryException;
import io.tributary.schema.Column;
import io.tributary.view.BatchView.Hole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The columns that some views need of a lake's sealed records, in a table of the engine's memory until closed. */
final class StagedRecords implements BatchRecords {
    private final DuckDbEngine engine;
    private final LakeContents contents;
    private final String table;
    private final boolean loaded;

    private StagedRecords(DuckDbEngine engine, LakeContents contents, String table, boolean loaded) {
        this.engine = engine;
        this.contents = contents;
        this.table = table;
        this.loaded = loaded;
    }

    static <R> StagedRecords of(
            DuckDbEngine engine, LocalLake<R> lake, LakeContents contents, Set<Column<R, ?>> columns)
            throws IOException {
        try {
            return load(engine, lake, contents, columns);
        } catch (QueryException | IllegalStateException e) {
            LakeContents sound = withoutDamaged(lake, contents);
            if (sound.partitions().equals(contents.partitions())) {
                throw e;
            }
            return load(engine, lake, sound, columns);
        }
    }

    private static <R> StagedRecords load(
            DuckDbEngine engine, LocalLake<R> lake, LakeContents contents, Set<Column<R, ?>> columns) {
        String table = "staged_" + UUID.randomUUID().toString().replace("-", "");
        if (contents.records() == 0) {
            return new StagedRecords(engine, contents, table, false);
        }
        Sql sql = new Sql(engine.dialect());
        engine.run(Query.of(
                sql.render().render(DSL.createTable(DSL.name(table)).as(select(sql, lake, contents, columns)))));
        StagedRecords staged = new StagedRecords(engine, contents, table, true);
        try {
            staged.check(sql, columns);
        } catch (RuntimeException e) {
            staged.close();
            throw e;
        }
        return staged;
    }

    /** Each partition in one of its forms. */
    private static <R> Select<Record> select(
            Sql sql, LocalLake<R> lake, LakeContents contents, Set<Column<R, ?>> columns) {
        SourceSql sources = new SourceSql(sql);
        List<Select<Record>> forms = new ArrayList<>();
        List<Path> json = lake.files(contents);
        if (!json.isEmpty()) {
            forms.add(sources.select(Source.jsonFiles(json), columns));
        }
        lake.parquetFiles(contents).forEach((present, parquet) -> forms.add(sources.select(parquet, present, columns)));
        return forms.stream().reduce(Select::unionAll).orElseThrow();
    }

    /** Counts what was read against the manifests, and the values of required columns against the records. */
    private void check(Sql sql, Collection<? extends Column<?, ?>> columns) {
        List<? extends Column<?, ?>> required =
                columns.stream().filter(Column::isRequired).toList();
        List<Field<?>> counts = new ArrayList<>();
        counts.add(DSL.count());
        required.forEach(column -> counts.add(DSL.count(DSL.field(DSL.name(column.name())))));
        List<@Nullable String> counted = engine.run(
                        Query.of(sql.render().render(DSL.select(counts).from(DSL.table(DSL.name(table))))))
                .rows()
                .get(0);
        String expected = String.valueOf(contents.records());
        for (int i = 0; i < counted.size(); i++) {
            if (!expected.equals(counted.get(i))) {
                throw new IllegalStateException(
                        "Cannot trust what was read before %s: %s %s (the manifests say %s records; verify the partitions)"
                                .formatted(
                                        contents.cut(),
                                        counted.get(i),
                                        i == 0 ? "records" : "values of " + required.get(i - 1),
                                        expected));
            }
        }
    }

    private static LakeContents withoutDamaged(LocalLake<?> lake, LakeContents contents) {
        List<SealedPartition> sound = new ArrayList<>();
        List<Hole> holes = new ArrayList<>(contents.holes());
        for (SealedPartition partition : contents.partitions()) {
            try {
                sound.add(sound(lake, partition));
            } catch (IOException e) {
                holes.add(new Hole(partition.partition().path(), String.valueOf(e.getMessage())));
            }
        }
        return new LakeContents(contents.cut(), sound, holes);
    }

    /** In the form that is not damaged. */
    private static SealedPartition sound(LocalLake<?> lake, SealedPartition partition) throws IOException {
        try {
            lake.verify(partition);
            return partition;
        } catch (IOException e) {
            if (partition.parquet() == null) {
                throw e;
            }
            SealedPartition json = new SealedPartition(partition.partition(), partition.manifest(), partition.strays());
            try {
                lake.verify(json);
                return json;
            } catch (IOException expired) {
                e.addSuppressed(expired);
                throw e;
            }
        }
    }

    @Override
    public List<Hole> holes() {
        return contents.holes();
    }

    @Override
    public Optional<Source> source() {
        return loaded ? Optional.of(Source.table(table)) : Optional.empty();
    }

    @Override
    public long bytes() {
        return contents.bytes();
    }

    @Override
    public void close() {
        if (loaded) {
            engine.run(Query.of("drop table \"%s\"".formatted(table)));
        }
    }
}
