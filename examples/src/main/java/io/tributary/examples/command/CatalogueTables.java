package io.tributary.examples.command;

import io.tributary.batch.Source;
import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.lake.S3Lake;
import io.tributary.batch.query.AthenaEngine;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The tables of a lake in Athena's catalogue, over its two forms, and what they know of it. */
record CatalogueTables(
        AthenaEngine engine,
        S3Lake<EnrichedOrder> lake,
        AthenaTable<EnrichedOrder> json,
        AthenaTable<EnrichedOrder> parquet) {

    Source.Table lines() {
        return source(json);
    }

    Source.Table copies() {
        return source(parquet);
    }

    private static Source.Table source(AthenaTable<?> table) {
        return Source.table(table.name().database(), table.name().table());
    }

    void registerLines(Collection<Partition> partitions) {
        json.addPartitions(partitions).forEach(engine::run);
    }

    /** The Parquet copies that are there; with the first of them the table is made. */
    void registerCopies(Instant from, Instant cut) throws IOException {
        if (from.isAfter(cut)) {
            // Views refuse such a cut, and say why.
            return;
        }
        PartitionLayout layout = parquet.location().layout();
        List<Partition> copied = lake.contents(from, cut).partitions().stream()
                .filter(partition -> partition.parquet() != null)
                .map(partition -> layout.partitionOf(partition.partition().start()))
                .toList();
        if (!copied.isEmpty()) {
            engine.run(parquet.createIfMissing());
            parquet.addPartitions(copied).forEach(engine::run);
        }
    }
}
