package io.tributary.batch;

import io.tributary.view.BatchView.Hole;
import java.util.List;
import java.util.Optional;

/** The sealed records before a cut, as an engine reads them until they are closed. */
interface BatchRecords extends AutoCloseable {

    /** Empty when there is no record. */
    Optional<Source> source();

    List<Hole> holes();

    /** What a query of them reads at most. */
    long bytes();

    @Override
    void close();
}
