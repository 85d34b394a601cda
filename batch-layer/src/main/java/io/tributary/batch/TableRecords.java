package io.tributary.batch;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryEngine;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.partition.PartitionPredicate;
import io.tributary.schema.Column;
import io.tributary.view.BatchView.Hole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The partitions of a table that hold what the manifests say. */
final class TableRecords implements BatchRecords {
    private final LakeContents contents;
    private final @Nullable Source source;

    private TableRecords(LakeContents contents, @Nullable Source source) {
        this.contents = contents;
        this.source = source;
    }

    static TableRecords of(
            QueryEngine engine,
            PartitionLayout layout,
            LakeContents contents,
            Source.Table table,
            Collection<? extends Column<?, ?>> columns) {
        LakeContents clean = withoutStrays(contents);
        if (clean.records() == 0) {
            return new TableRecords(clean, null);
        }
        Source.Table selected = table.where(predicate(layout, clean));
        LakeContents counted = withoutMiscounted(clean, counts(engine, layout, selected, clean.bytes(), columns));
        return new TableRecords(counted, counted.records() == 0 ? null : table.where(predicate(layout, counted)));
    }

    private static LakeContents withoutStrays(LakeContents contents) {
        List<SealedPartition> sealed = new ArrayList<>();
        List<Hole> holes = new ArrayList<>(contents.holes());
        for (SealedPartition partition : contents.partitions()) {
            if (partition.strays().isEmpty()) {
                sealed.add(partition);
            } else {
                holes.add(new Hole(
                        partition.partition().path(),
                        "it has %d files that its manifest does not name, such as %s (remove them)"
                                .formatted(
                                        partition.strays().size(),
                                        partition.strays().get(0))));
            }
        }
        return new LakeContents(contents.cut(), sealed, holes);
    }

    /** The records that the table has in each partition, by its values, and those with a value in each required column. */
    static Map<List<String>, List<Long>> counts(
            QueryEngine engine,
            PartitionLayout layout,
            Source.Table selected,
            long bytes,
            Collection<? extends Column<?, ?>> columns) {
        Sql sql = new Sql(engine.dialect());
        SourceSql sources = new SourceSql(sql);
        List<Field<?>> keys = new ArrayList<>();
        layout.columns()
                .forEach(column -> keys.add(DSL.field(sources.relation(selected).append(column.name()))));
        List<Field<?>> fields = new ArrayList<>(keys);
        fields.add(DSL.count());
        columns.stream()
                .filter(Column::isRequired)
                .forEach(column -> fields.add(DSL.count(Sql.stored(sources.relation(selected), column))));
        Query query = Query.of(sql.render()
                .render(DSL.select(fields)
                        .from(sources.table(selected, List.of()))
                        .where(sources.partitions(selected))
                        .groupBy(keys)));
        Map<List<String>, List<Long>> counts = new HashMap<>();
        for (List<@Nullable String> row : engine.run(query.expecting(bytes)).rows()) {
            List<String> values =
                    row.subList(0, keys.size()).stream().map(String::valueOf).toList();
            counts.put(
                    values,
                    row.subList(keys.size(), row.size()).stream()
                            .map(text -> Long.parseLong(String.valueOf(text)))
                            .toList());
        }
        return counts;
    }

    private static LakeContents withoutMiscounted(LakeContents contents, Map<List<String>, List<Long>> counts) {
        List<SealedPartition> sealed = new ArrayList<>();
        List<Hole> holes = new ArrayList<>(contents.holes());
        for (SealedPartition partition : contents.partitions()) {
            List<String> values = values(partition.partition());
            List<Long> counted = counts.getOrDefault(values, List.of(0L));
            counts.remove(values);
            long records = partition.manifest().records();
            if (counted.stream().allMatch(count -> count == records)) {
                sealed.add(partition);
            } else {
                holes.add(new Hole(
                        partition.partition().path(),
                        counted.get(0) == records
                                ? "the table lacks values of required columns there"
                                : "the table has %d records there (its manifest says %d; register the partition)"
                                        .formatted(counted.get(0), records)));
            }
        }
        if (!counts.isEmpty()) {
            throw new IllegalStateException(
                    "Cannot trust the table before %s: it has records in partition %s, which is not sealed (seal it, or remove it)"
                            .formatted(
                                    contents.cut(), counts.keySet().iterator().next()));
        }
        return new LakeContents(contents.cut(), sealed, holes);
    }

    /**
     * Selects the sealed partitions and none of the holes. Times between sealed partitions that have no
     * directory are selected with them, so that the predicate stays short.
     */
    private static PartitionPredicate predicate(PartitionLayout layout, LakeContents contents) {
        return predicate(
                layout,
                contents.partitions().stream().map(SealedPartition::partition).toList(),
                contents.holes());
    }

    static PartitionPredicate predicate(PartitionLayout layout, List<Partition> partitions, List<Hole> missing) {
        List<Instant> holes = new ArrayList<>();
        for (Hole hole : missing) {
            startOf(layout, hole).ifPresent(holes::add);
        }
        List<PartitionPredicate> runs = new ArrayList<>();
        Partition first = null;
        Partition last = null;
        for (Partition next : partitions) {
            if (first == null || last == null) {
                first = next;
            } else if (isBetween(holes, last, next)) {
                runs.add(layout.predicate(first.start(), last.end()));
                first = next;
            }
            last = next;
        }
        if (first != null && last != null) {
            runs.add(layout.predicate(first.start(), last.end()));
        }
        return runs.size() == 1 ? runs.get(0) : new PartitionPredicate.Or(runs);
    }

    /** The values of the partition columns as an engine shows them. */
    static List<String> values(Partition partition) {
        return partition.values().stream()
                .map(value -> String.valueOf(value.value()))
                .toList();
    }

    /** Empty for a hole of several partitions, which lies behind all that are sealed. */
    private static Optional<Instant> startOf(PartitionLayout layout, Hole hole) {
        try {
            return Optional.of(layout.parsePath(hole.partition()).start());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isBetween(List<Instant> holes, Partition last, Partition next) {
        return holes.stream().anyMatch(hole -> !hole.isBefore(last.end()) && hole.isBefore(next.start()));
    }

    @Override
    public Optional<Source> source() {
        return Optional.ofNullable(source);
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
        // A table of the catalogue is not this one's to drop.
    }
}
