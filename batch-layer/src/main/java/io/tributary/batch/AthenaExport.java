package io.tributary.batch;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.LakeLocation;
import io.tributary.batch.athena.TableName;
import io.tributary.batch.lake.ParquetCopy;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.query.AthenaEngine;
import io.tributary.lake.LakeFile;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.partition.PartitionPredicate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Lets Athena write partitions to Parquet by one statement into a table of its own, and compares what it reads back
 * with what it reads of the JSON lines. A statement that goes on after its client has given up writes where nobody
 * looks.
 *
 * @param table over the JSON lines
 */
record AthenaExport<R>(AthenaEngine engine, AthenaTable<R> table) implements ParquetCopy.Writer {
    private static final String PATHS_END = "\n";

    /** A table for as long as it is open. */
    private record Staged<R>(AthenaEngine engine, AthenaTable<R> table) implements AutoCloseable {
        static <R> Staged<R> create(AthenaEngine engine, AthenaTable<R> table) {
            // A workgroup may forbid that a query names a location; this statement may always do so.
            engine.run(table.create());
            return new Staged<>(engine, table);
        }

        @Override
        public void close() {
            engine.run(table.drop());
        }
    }

    @Override
    public Map<Partition, List<Path>> write(List<SealedPartition> partitions, ParquetCopy.Work work)
            throws IOException {
        PartitionPredicate selected = selected(partitions);
        Fingerprint fingerprint = new Fingerprint(table.schema(), AthenaSql.SQL);
        Map<List<String>, List<@Nullable String>> read =
                aggregates(table, selected, bytes(partitions), fingerprint.aggregates());
        for (SealedPartition sealed : partitions) {
            List<@Nullable String> lines = read.get(TableRecords.values(sealed.partition()));
            if (lines == null) {
                throw new IllegalStateException("Cannot compact %s: table %s has no records there (register it)"
                        .formatted(sealed.partition(), table.name()));
            }
            fingerprint.check(sealed.partition(), lines, sealed.manifest().records());
        }
        try (Staged<R> staged = Staged.create(engine, staged(work.staging()))) {
            engine.run(PartitionCopy.of(table, staged.table()).insert(selected).expecting(bytes(partitions)));
            List<Field<?>> columns = new ArrayList<>(fingerprint.aggregates());
            columns.add(DSL.field("array_join(array_agg(distinct \"$path\"), chr(10))", SQLDataType.VARCHAR));
            Map<List<String>, List<@Nullable String>> written =
                    aggregates(staged.table(), new PartitionPredicate.All(), 0, columns);
            Map<Partition, List<Path>> files = new HashMap<>();
            for (SealedPartition sealed : partitions) {
                List<String> values = TableRecords.values(sealed.partition());
                List<@Nullable String> found = written.getOrDefault(values, List.of("no records", ""));
                int paths = found.size() - 1;
                fingerprint.compare(sealed.partition(), read.getOrDefault(values, List.of()), found.subList(0, paths));
                files.put(sealed.partition(), fetched(String.valueOf(found.get(paths)), work));
            }
            return files;
        }
    }

    private Map<List<String>, List<@Nullable String>> aggregates(
            AthenaTable<R> of, PartitionPredicate selected, long bytes, List<Field<?>> aggregates) {
        Source.Table source =
                Source.table(of.name().database(), of.name().table()).where(selected);
        return TableRecords.aggregates(engine, table.location().layout(), source, bytes, aggregates);
    }

    /** These partitions and no others, even if others lie between them. */
    private PartitionPredicate selected(List<SealedPartition> partitions) {
        PartitionLayout layout = table.location().layout();
        List<Partition> wanted =
                partitions.stream().map(SealedPartition::partition).toList();
        NavigableSet<Instant> others = new TreeSet<>();
        layout.partitions(wanted.get(0).start(), wanted.get(wanted.size() - 1).end())
                .forEach(partition -> others.add(partition.start()));
        wanted.forEach(partition -> others.remove(partition.start()));
        return TableRecords.runs(layout, wanted, others);
    }

    private static long bytes(List<SealedPartition> partitions) {
        return partitions.stream()
                .flatMap(partition -> partition.manifest().files().stream())
                .mapToLong(LakeFile::bytes)
                .sum();
    }

    private AthenaTable<R> staged(String directory) {
        PartitionLayout layout = table.location().layout();
        String template = directory + layout.template().substring(layout.root().length());
        String name = "compaction_" + UUID.randomUUID().toString().replace("-", "");
        return AthenaTable.parquet(
                new TableName(table.name().database(), name),
                table.schema(),
                new LakeLocation(
                        table.location().root(), PartitionLayout.parse(template).inZone(layout.zone())));
    }

    /** @param paths URIs, whose schemes may differ from that of the lake */
    private List<Path> fetched(String paths, ParquetCopy.Work work) throws IOException {
        String lake = withoutScheme(table.location().root()) + "/";
        List<Path> files = new ArrayList<>();
        for (String path : paths.split(PATHS_END, -1)) {
            String key = withoutScheme(path);
            if (!key.startsWith(lake)) {
                throw new IllegalStateException("Cannot compact: Athena wrote %s (must lie below %s)"
                        .formatted(path, table.location().root()));
            }
            files.add(work.fetch(key.substring(lake.length())));
        }
        return files;
    }

    private static String withoutScheme(String uri) {
        return uri.substring(uri.indexOf("://") + "://".length());
    }
}
