package io.tributary.batch;

import io.tributary.batch.lake.Lake;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.QueryEngine;
import io.tributary.partition.Partition;
import io.tributary.schema.Column;
import io.tributary.view.BatchView.Hole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records that Firehose has delivered and that were sent before a cut, in whichever partition they lie. */
record FirehoseRecords(
        @Nullable Source from,
        List<Hole> holes,
        long bytes,
        @Nullable StagedTable staged) implements BatchRecords {

    /** Read by DuckDB, from the files that are there. */
    static <R> FirehoseRecords staged(
            DuckDbEngine engine,
            LocalLake<R> lake,
            FirehoseDelivery<R> delivery,
            Instant cut,
            Set<Column<R, ?>> columns)
            throws IOException {
        NavigableMap<Partition, Map<String, Long>> delivered = delivery.filesFor(lake, cut);
        if (delivered.isEmpty()) {
            return nothing(lake, cut);
        }
        List<Path> files = new ArrayList<>();
        delivered.forEach((partition, names) -> names.keySet()
                .forEach(name -> files.add(lake.root().resolve(partition.path()).resolve(name))));
        StagedTable table = StagedTable.of(engine, files, withEventTime(columns, delivery));
        try {
            long records = table.records();
            String problem = table.problem(records);
            if (problem != null) {
                throw new IllegalStateException(
                        "Cannot place what Firehose delivered on a side of %s: it has %s (must be %d, one a record)"
                                .formatted(cut, problem, records));
            }
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
        return new FirehoseRecords(
                table.source().where(delivery.isSentBefore(cut)), List.of(), bytes(delivered), table);
    }

    /** Read by an engine that has the lake as a table. What it does not have of the lake is a hole. */
    static <R> FirehoseRecords ofTable(
            QueryEngine engine,
            Lake<R> lake,
            Source.Table table,
            FirehoseDelivery<R> delivery,
            Instant cut,
            Set<Column<R, ?>> columns)
            throws IOException {
        NavigableMap<Partition, Map<String, Long>> delivered = delivery.filesFor(lake, cut);
        if (delivered.isEmpty()) {
            return nothing(lake, cut);
        }
        Source.Table selected =
                table.where(TableRecords.predicate(lake.layout(), List.copyOf(delivered.keySet()), List.of()));
        Map<List<String>, List<Long>> counts = TableRecords.counts(
                engine, lake.layout(), selected, bytes(delivered), withEventTime(columns, delivery));
        List<Partition> read = new ArrayList<>();
        List<Hole> holes = new ArrayList<>();
        for (Partition partition : delivered.keySet()) {
            List<Long> counted = counts.getOrDefault(TableRecords.values(partition), List.of(0L));
            if (counted.get(0) == 0) {
                holes.add(new Hole(partition.path(), "the table has no records there (register the partition)"));
            } else if (counted.stream().distinct().count() > 1) {
                holes.add(new Hole(partition.path(), "the table lacks values of required columns there"));
            } else {
                read.add(partition);
            }
        }
        Source source = read.isEmpty()
                ? null
                : table.where(TableRecords.predicate(lake.layout(), read, holes))
                        .where(delivery.isSentBefore(cut));
        return new FirehoseRecords(source, holes, bytes(delivered), null);
    }

    private static FirehoseRecords nothing(Lake<?> lake, Instant cut) {
        String last = lake.layout().previous(lake.layout().partitionOf(cut)).path();
        return new FirehoseRecords(null, List.of(new Hole("up to " + last, "nothing is delivered there")), 0, null);
    }

    private static <R> Set<Column<R, ?>> withEventTime(Set<Column<R, ?>> columns, FirehoseDelivery<R> delivery) {
        Set<Column<R, ?>> all = new LinkedHashSet<>(columns);
        all.add(delivery.eventTime());
        return all;
    }

    private static long bytes(Map<Partition, Map<String, Long>> delivered) {
        return delivered.values().stream()
                .flatMap(files -> files.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    @Override
    public Optional<Source> source() {
        return Optional.ofNullable(from);
    }

    @Override
    public void close() {
        if (staged != null) {
            staged.close();
        }
    }
}
