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
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The partitions of a lake's tables that hold what the manifests say, each in one of its forms. */
final class TableRecords implements BatchRecords {
    private final LakeContents contents;
    private final List<Source.Table> tables;

    private TableRecords(LakeContents contents, List<Source.Table> tables) {
        this.contents = contents;
        this.tables = tables;
    }

    static TableRecords of(
            QueryEngine engine,
            PartitionLayout layout,
            LakeContents contents,
            LakeTables tables,
            Collection<? extends Column<?, ?>> columns) {
        LakeContents readable = tables.readable(contents);
        LakeContents counted = readable;
        for (LakeTables.Form form : tables.forms()) {
            LakeContents held = form.of(readable);
            if (held.records() > 0) {
                Source.Table selected = form.table().where(predicate(layout, readable, form));
                Map<List<String>, List<Long>> counts = counts(engine, layout, selected, held.bytes(), columns);
                counted = withoutMiscounted(counted, form, counts);
            }
        }
        List<Source.Table> selected = new ArrayList<>();
        for (LakeTables.Form form : tables.forms()) {
            if (form.of(counted).records() > 0) {
                selected.add(form.table().where(predicate(layout, counted, form)));
            }
        }
        return new TableRecords(counted, selected);
    }

    /** The records that the table has in each partition, by its values, and those with a value in each required column. */
    static Map<List<String>, List<Long>> counts(
            QueryEngine engine,
            PartitionLayout layout,
            Source.Table selected,
            long bytes,
            Collection<? extends Column<?, ?>> columns) {
        SourceSql sources = new SourceSql(new Sql(engine.dialect()));
        List<? extends Field<?>> fields =
                RecordCounts.of(columns).fields(column -> Sql.stored(sources.relation(selected), column));
        Map<List<String>, List<Long>> counts = new HashMap<>();
        aggregates(engine, layout, selected, bytes, fields)
                .forEach((values, texts) -> counts.put(
                        values,
                        texts.stream()
                                .map(text -> Long.parseLong(String.valueOf(text)))
                                .toList()));
        return counts;
    }

    /** Some aggregates over each of the selected partitions of a table, by its values. */
    static Map<List<String>, List<@Nullable String>> aggregates(
            QueryEngine engine,
            PartitionLayout layout,
            Source.Table selected,
            long bytes,
            List<? extends Field<?>> aggregates) {
        Sql sql = new Sql(engine.dialect());
        SourceSql sources = new SourceSql(sql);
        List<Field<?>> keys = new ArrayList<>();
        layout.columns()
                .forEach(column -> keys.add(DSL.field(sources.relation(selected).append(column.name()))));
        List<Field<?>> fields = new ArrayList<>(keys);
        fields.addAll(aggregates);
        Query query = Query.of(sql.render()
                .render(DSL.select(fields)
                        .from(sources.table(selected, List.of()))
                        .where(sources.partitions(selected))
                        .groupBy(keys)));
        Map<List<String>, List<@Nullable String>> found = new HashMap<>();
        for (List<@Nullable String> row :
                engine.run(query.expecting(bytes).anew()).rows()) {
            found.put(
                    row.subList(0, keys.size()).stream().map(String::valueOf).toList(),
                    row.subList(keys.size(), row.size()));
        }
        return found;
    }

    private static LakeContents withoutMiscounted(
            LakeContents contents, LakeTables.Form form, Map<List<String>, List<Long>> counts) {
        List<SealedPartition> sealed = new ArrayList<>();
        List<Hole> holes = new ArrayList<>(contents.holes());
        for (SealedPartition partition : contents.partitions()) {
            long records = partition.manifest().records();
            if (!form.has(partition) && records > 0) {
                sealed.add(partition);
                continue;
            }
            List<String> values = values(partition.partition());
            List<Long> counted = counts.getOrDefault(values, List.of(0L));
            counts.remove(values);
            if (counted.stream().allMatch(count -> count == records)) {
                sealed.add(partition);
            } else {
                holes.add(new Hole(
                        partition.partition().path(),
                        counted.get(0) == records
                                ? "the table lacks values of required columns there"
                                : "the table has %d records there (its manifest says %d; %s)"
                                        .formatted(
                                                counted.get(0),
                                                records,
                                                records == 0 ? "remove them" : form.remedy())));
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
     * Selects the sealed partitions of a form, and neither holes nor those of another form. Times between them without
     * a directory or without records are selected with them, so that the predicate stays short.
     */
    static PartitionPredicate predicate(PartitionLayout layout, LakeContents contents, LakeTables.Form form) {
        List<Partition> selected = new ArrayList<>();
        NavigableSet<Instant> others = starts(layout, contents.holes());
        for (SealedPartition partition : contents.partitions()) {
            if (partition.manifest().records() == 0) {
                continue;
            }
            if (form.has(partition)) {
                selected.add(partition.partition());
            } else {
                others.add(partition.partition().start());
            }
        }
        return runs(layout, selected, others);
    }

    /** The partitions, which are in order, and none of the holes. */
    static PartitionPredicate predicate(PartitionLayout layout, List<Partition> partitions, List<Hole> holes) {
        return runs(layout, partitions, starts(layout, holes));
    }

    /** The partitions, which are in order, and none that starts at one of the others. */
    static PartitionPredicate runs(PartitionLayout layout, List<Partition> partitions, NavigableSet<Instant> others) {
        List<PartitionPredicate> runs = new ArrayList<>();
        Partition first = null;
        Partition last = null;
        for (Partition next : partitions) {
            if (first == null || last == null) {
                first = next;
            } else if (isBetween(others, last, next)) {
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

    private static NavigableSet<Instant> starts(PartitionLayout layout, List<Hole> holes) {
        NavigableSet<Instant> starts = new TreeSet<>();
        holes.forEach(hole -> startOf(layout, hole).ifPresent(starts::add));
        return starts;
    }

    /** Empty for a hole of several partitions, which lies behind all that are sealed. */
    private static Optional<Instant> startOf(PartitionLayout layout, Hole hole) {
        try {
            return Optional.of(layout.parsePath(hole.partition()).start());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isBetween(NavigableSet<Instant> others, Partition last, Partition next) {
        Instant other = others.ceiling(last.end());
        return other != null && other.isBefore(next.start());
    }

    @Override
    public Optional<Source> source() {
        return tables.isEmpty()
                ? Optional.empty()
                : Optional.of(tables.size() == 1 ? tables.get(0) : new Source.Tables(tables));
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
        // Tables of the catalogue are not this one's to drop.
    }
}
