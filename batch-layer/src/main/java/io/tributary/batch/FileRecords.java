package io.tributary.batch;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.Dialect;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryEngine;
import io.tributary.batch.query.QueryResult;
import io.tributary.schema.Column;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sealed records of a local lake as they lie in its files. Each query reads them, and counts what it has read: it
 * fails when that is not what the manifests say, and where {@link StagedRecords} would have to read a second time.
 */
record FileRecords(LakeContents contents, LakeFiles files, RecordCounts counts) implements BatchRecords {

    /** @param columns that are read */
    static <R> FileRecords of(LocalLake<R> lake, LakeContents contents, Set<Column<R, ?>> columns) {
        return new FileRecords(contents, LakeFiles.of(lake, contents), RecordCounts.of(columns));
    }

    @Override
    public <R> ViewSql<R> sql(View<R> view, Dialect dialect) {
        return ViewSql.counting(view, dialect, counts);
    }

    @Override
    public QueryResult run(QueryEngine engine, Query query) {
        QueryResult result = BatchRecords.super.run(engine, query);
        int width = result.columns().size() - counts.width();
        List<? extends @Nullable String> counted = result.rows().isEmpty()
                ? List.of("0")
                : result.rows().get(0).subList(width, result.columns().size());
        counts.check(counted, contents);
        List<List<@Nullable String>> rows = new ArrayList<>(result.rows().size());
        result.rows().forEach(row -> rows.add(row.subList(0, width)));
        return new QueryResult(result.columns().subList(0, width), rows, result.statistics());
    }

    @Override
    public Optional<Source> source() {
        return Optional.of(files);
    }

    @Override
    public List<Hole> holes() {
        return contents.holes();
    }

    @Override
    public long bytes() {
        return contents.bytes();
    }

    @Override
    public void close() {
        // The files are the lake's.
    }
}
