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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;

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
            if (sound.partitions().size() == contents.partitions().size()) {
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
        Source.JsonFiles files = Source.jsonFiles(lake.files(contents));
        engine.run(Query.of(
                sql.render().render(DSL.createTable(DSL.name(table)).as(new SourceSql(sql).select(files, columns)))));
        StagedRecords staged = new StagedRecords(engine, contents, table, true);
        String counted = engine.run(
                        Query.of(sql.render().render(DSL.select(DSL.count()).from(DSL.table(DSL.name(table))))))
                .rows()
                .get(0)
                .get(0);
        if (!String.valueOf(contents.records()).equals(counted)) {
            staged.close();
            throw new IllegalStateException(
                    "Cannot trust what was read before %s: %s records (the manifests say %d; verify the partitions)"
                            .formatted(contents.cut(), counted, contents.records()));
        }
        return staged;
    }

    private static LakeContents withoutDamaged(LocalLake<?> lake, LakeContents contents) {
        List<SealedPartition> sound = new ArrayList<>();
        List<Hole> holes = new ArrayList<>(contents.holes());
        for (SealedPartition partition : contents.partitions()) {
            try {
                lake.verify(partition);
                sound.add(partition);
            } catch (IOException e) {
                holes.add(new Hole(partition.partition().path(), String.valueOf(e.getMessage())));
            }
        }
        return new LakeContents(contents.cut(), sound, holes);
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
