package io.tributary.batch;

import io.tributary.batch.query.Dialect;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryEngine;
import io.tributary.batch.query.QueryResult;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.View;
import java.util.List;
import java.util.Optional;

/** The sealed records before a cut, as an engine reads them until they are closed. */
interface BatchRecords extends AutoCloseable {

    /** Empty when there is no record. */
    Optional<Source> source();

    List<Hole> holes();

    /** What a query of them reads at most. */
    long bytes();

    /** The SQL of a view for them. */
    default <R> ViewSql<R> sql(View<R> view, Dialect dialect) {
        return ViewSql.of(view, dialect);
    }

    /** Asks one of its queries of them. */
    default QueryResult run(QueryEngine engine, Query query) {
        return engine.run(query.expecting(bytes()).anew());
    }

    @Override
    void close();
}
