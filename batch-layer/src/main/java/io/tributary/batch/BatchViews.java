package io.tributary.batch;

import io.tributary.batch.lake.Lake;
import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.AthenaEngine;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryEngine;
import io.tributary.batch.query.QueryException;
import io.tributary.batch.query.QueryResult;
import io.tributary.partition.Partition;
import io.tributary.schema.Column;
import io.tributary.view.BatchView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.SliceCodec;
import io.tributary.view.SlicePartial;
import io.tributary.view.View;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Builds batch views of a lake: what the sealed partitions before a cut hold, and what is missing there; of a
 * lake that Firehose fills, what was sent before the cut.
 *
 * <p>Sealed records are counted against the manifests. DuckDB reads only the files that these name, once for
 * all views that are built together; files that cannot be read are compared with their checksums. A view alone
 * is one query, which counts what it reads. On Athena each view is a query of the sealed partitions, after one
 * that counts the records in each of them. A partition that differs from its manifest is a hole. Safe for several threads.
 *
 * @param <R> the record
 */
public final class BatchViews<R> {
    private final QueryEngine engine;
    private final LakeSide<R> side;
    private final Reading<R> reading;
    private final AtomicReference<BatchTally> tally = new AtomicReference<>(BatchTally.NONE);

    /** How the records before a cut come before the engine. */
    private interface Reading<R> {
        BatchRecords read(LakeContents contents, Set<Column<R, ?>> columns) throws IOException;

        /** Without a copy, for a single query; of what is damaged it then fails. */
        default Optional<? extends BatchRecords> unread(LakeContents contents, Set<Column<R, ?>> columns) {
            return Optional.empty();
        }
    }

    /** What DuckDB reads of a local lake. */
    private record Staging<R>(DuckDbEngine engine, LocalLake<R> lake) implements Reading<R> {
        @Override
        public BatchRecords read(LakeContents contents, Set<Column<R, ?>> columns) throws IOException {
            return StagedRecords.of(engine, lake, contents, columns);
        }

        @Override
        public Optional<? extends BatchRecords> unread(LakeContents contents, Set<Column<R, ?>> columns) {
            return contents.records() > 0 ? Optional.of(FileRecords.of(lake, contents, columns)) : Optional.empty();
        }
    }

    /** Asks something of records. */
    private interface Asking<T> {
        T ask(BatchRecords records);
    }

    private BatchViews(QueryEngine engine, LakeSide<R> side, Reading<R> reading) {
        this.engine = engine;
        this.side = side;
        this.reading = reading;
    }

    /** Views of a lake. The engine stays the caller's, to close. */
    public static <R> BatchViews<R> on(DuckDbEngine engine, LocalLake<R> lake) {
        return new BatchViews<>(engine, new LakeSide.Sealed<>(lake), new Staging<>(engine, lake));
    }

    /** Approximate views of a lake that Firehose fills. The engine stays the caller's, to close. */
    public static <R> BatchViews<R> on(DuckDbEngine engine, LocalLake<R> lake, FirehoseDelivery<R> delivery) {
        return new BatchViews<>(
                engine,
                new LakeSide.Delivered<>(lake, delivery),
                (contents, columns) -> FirehoseRecords.staged(engine, lake, delivery, contents.cut(), columns));
    }

    /**
     * Views of a lake that the engine has as a table. A partition is a hole, too, when the table does not
     * have it, or when it has files that its manifest does not name, as the engine would count them. The
     * engine stays the caller's, to close.
     *
     * @param table in the stored types of the schema, with the layout's partition columns
     * @throws IllegalArgumentException when the layout has no partition columns
     */
    public static <R> BatchViews<R> on(AthenaEngine engine, Lake<R> lake, Source.Table table) {
        return on(engine, lake, new LakeTables(table, null));
    }

    /**
     * Views of a lake that is compacted. Each partition is read from one of the tables: from the second when it
     * has a Parquet copy, else from the first.
     *
     * @param parquet over the Parquet copies, as the first one is over the JSON lines
     * @throws IllegalArgumentException when the layout has no partition columns
     */
    public static <R> BatchViews<R> on(AthenaEngine engine, Lake<R> lake, Source.Table json, Source.Table parquet) {
        return on(engine, lake, new LakeTables(json, parquet));
    }

    private static <R> BatchViews<R> on(AthenaEngine engine, Lake<R> lake, LakeTables tables) {
        checkColumns(lake);
        return new BatchViews<>(
                engine,
                new LakeSide.Sealed<>(lake),
                (contents, columns) -> TableRecords.of(engine, lake.layout(), contents, tables, columns));
    }

    /**
     * Approximate views of a lake that Firehose fills and that the engine has as a table; times have the
     * precision of its timestamps, milliseconds. A partition that the table does not have is a hole. The
     * engine stays the caller's, to close.
     *
     * @param table in the stored types of the schema, with the layout's partition columns
     * @throws IllegalArgumentException when the layout has no partition columns
     */
    public static <R> BatchViews<R> on(
            AthenaEngine engine, Lake<R> lake, Source.Table table, FirehoseDelivery<R> delivery) {
        checkColumns(lake);
        return new BatchViews<>(
                engine,
                new LakeSide.Delivered<>(lake, delivery),
                (contents, columns) -> FirehoseRecords.ofTable(engine, lake, table, delivery, contents.cut(), columns));
    }

    private static void checkColumns(Lake<?> lake) {
        if (lake.layout().columns().isEmpty()) {
            throw new IllegalArgumentException(
                    "Invalid layout of a table: %s (must have partition columns, such as year=!{timestamp:yyyy})"
                            .formatted(lake.layout()));
        }
    }

    /** The latest cut for which all can be there; empty when nothing is sealed. */
    public Optional<Instant> newestCut() throws IOException {
        return side.newestCut();
    }

    /** From where on partitions may be read when a snapshot is refreshed: from its first hole, or else its cut. */
    public Instant refreshedFrom(BatchViewSnapshot previous) {
        return HoleSpans.of(side.lake().layout(), previous.batch()).start();
    }

    /**
     * The partitions that are read when views move from one cut to another, for an engine that has to know them.
     *
     * @param from {@link Instant#MIN} for the beginning
     */
    public Set<Partition> partitions(Instant from, Instant cut) throws IOException {
        return side.partitions(from, cut);
    }

    /**
     * A view of what lies before a cut.
     *
     * @param cut a boundary of the lake's partitions; the latest complete one is {@link #newestCut()}
     * @throws IllegalArgumentException when the cut is no boundary or the view is of other records
     * @throws io.tributary.batch.query.QueryException when the engine fails
     */
    public BatchView build(View<R> view, Instant cut) throws IOException {
        return buildAll(List.of(view), cut).get(0);
    }

    /** Several views of the same partitions, in the order of the views. */
    public List<BatchView> buildAll(Collection<View<R>> views, Instant cut) throws IOException {
        return build(views, contents(cut));
    }

    LakeContents contents(Instant cut) throws IOException {
        return side.contents(cut);
    }

    /** A view of what lies before a cut, built from scratch, to be published. */
    public BatchViewSnapshot rebuild(View<R> view, Instant cut) throws IOException {
        return rebuildAll(List.of(view), cut).get(0);
    }

    /** Several of them, in the order of the views. */
    public List<BatchViewSnapshot> rebuildAll(Collection<View<R>> views, Instant cut) throws IOException {
        return new Refresh<>(this, side.lake(), cut).rebuild(views);
    }

    /**
     * What {@link #rebuild} gives, from a snapshot for an earlier cut: only the partitions between the two cuts
     * are read, and those that the snapshot lacks. The manifests of the others are listed. Where Firehose
     * delivers, there are none, and all is read again.
     *
     * @throws IllegalStateException when the partitions that the snapshot covers are not sealed as they were, so
     *     that the view has to be rebuilt; or when it is of another definition of the view
     */
    public BatchViewSnapshot refresh(View<R> view, BatchViewSnapshot previous, Instant cut) throws IOException {
        return refreshAll(Map.of(view, previous), cut).get(0);
    }

    /** Several of them, in the order of the map. Those of equal coverage are read together. */
    public List<BatchViewSnapshot> refreshAll(Map<View<R>, BatchViewSnapshot> previous, Instant cut)
            throws IOException {
        return side.refresh(this, previous, cut);
    }

    List<BatchView> build(Collection<View<R>> views, LakeContents contents) throws IOException {
        views.forEach(this::checkSchema);
        List<BatchView> all = ask(views, contents, records -> {
            // Views that differ only in what core makes of their slices share a query.
            Map<Query, QueryResult> results = new HashMap<>();
            List<BatchView> built = new ArrayList<>();
            for (View<R> view : views) {
                List<SlicePartial> slices = records.source()
                        .map(source -> records.sql(view, engine.dialect()).slices(source))
                        .map(query -> results.computeIfAbsent(query, wanted -> records.run(engine, wanted)))
                        .map(result -> parse(view.codec(), result))
                        .orElse(List.of());
                built.add(new BatchView(view.name(), contents.cut(), slices, records.holes(), side.approximate()));
            }
            return built;
        });
        tally.updateAndGet(so -> so.plus(contents));
        return all;
    }

    /** What has been read so far to build views. */
    public BatchTally tally() {
        return Objects.requireNonNull(tally.get());
    }

    private static List<SlicePartial> parse(SliceCodec<?> codec, QueryResult result) {
        List<SlicePartial> slices = new ArrayList<>(result.rows().size());
        for (List<@Nullable String> row : result.rows()) {
            slices.add(codec.parse(row));
        }
        return slices;
    }

    /**
     * The rows of a view that is one SELECT, as {@link ViewSql#answer} writes it, before a cut.
     *
     * @throws IllegalArgumentException when the view is more than one SELECT, or the cut is no boundary
     */
    public AdHocAnswer answer(View<R> view, Instant cut) throws IOException {
        checkSchema(view);
        ViewSql.of(view, engine.dialect()).checkSimple();
        return ask(List.of(view), side.contents(cut), records -> {
            List<String> columns =
                    view.columns().stream().map(column -> column.name()).toList();
            QueryResult result = records.source()
                    .map(source -> records.sql(view, engine.dialect()).answer(source))
                    .map(query -> records.run(engine, query))
                    .orElse(new QueryResult(columns, List.of()));
            return new AdHocAnswer(result, records.holes(), side.approximate());
        });
    }

    private <T> T ask(Collection<View<R>> views, LakeContents contents, Asking<T> asking) throws IOException {
        Set<Column<R, ?>> needed = new LinkedHashSet<>();
        views.forEach(view -> needed.addAll(ViewSql.of(view, engine.dialect()).inputs(true)));
        try {
            // Several views would read the files several times.
            Optional<? extends BatchRecords> unread =
                    views.size() == 1 ? reading.unread(contents, needed) : Optional.empty();
            if (unread.isPresent()) {
                try (BatchRecords records = unread.get()) {
                    return asking.ask(records);
                }
            }
        } catch (QueryException | IllegalStateException e) {
            // Something is damaged. A copy is made of the rest, or tells what it is.
        }
        try (BatchRecords records = reading.read(contents, needed)) {
            return asking.ask(records);
        }
    }

    private void checkSchema(View<R> view) {
        String held = side.lake().schema().name();
        if (!view.schema().name().equals(held)) {
            throw new IllegalArgumentException("Cannot build view %s of %s: the lake holds %s"
                    .formatted(view.name(), view.schema().name(), held));
        }
    }
}
