package io.tributary.batch;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.QueryException;
import io.tributary.schema.Column;
import io.tributary.view.BatchView.Hole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns that some views need of a lake's sealed records, in a table of the engine's memory until closed. */
final class StagedRecords implements BatchRecords {
    private final LakeContents contents;
    private final @Nullable StagedTable table;

    private StagedRecords(LakeContents contents, @Nullable StagedTable table) {
        this.contents = contents;
        this.table = table;
    }

    static <R> StagedRecords of(
            DuckDbEngine engine, LocalLake<R> lake, LakeContents contents, Set<Column<R, ?>> columns)
            throws IOException {
        try {
            return load(engine, lake, contents, columns);
        } catch (QueryException | IllegalStateException e) {
            LakeContents sound = withoutDamaged(lake, contents);
            if (sound.partitions().equals(contents.partitions())) {
                throw e;
            }
            return load(engine, lake, sound, columns);
        }
    }

    private static <R> StagedRecords load(
            DuckDbEngine engine, LocalLake<R> lake, LakeContents contents, Set<Column<R, ?>> columns) {
        if (contents.records() == 0) {
            return new StagedRecords(contents, null);
        }
        LakeFiles files = LakeFiles.of(lake, contents);
        StagedTable table = StagedTable.of(engine, columns, sources -> sources.select(files, columns));
        try {
            table.check(contents);
        } catch (RuntimeException e) {
            table.close();
            throw e;
        }
        return new StagedRecords(contents, table);
    }

    private static LakeContents withoutDamaged(LocalLake<?> lake, LakeContents contents) {
        List<SealedPartition> sound = new ArrayList<>();
        List<Hole> holes = new ArrayList<>(contents.holes());
        for (SealedPartition partition : contents.partitions()) {
            try {
                sound.add(sound(lake, partition));
            } catch (IOException e) {
                holes.add(new Hole(partition.partition().path(), String.valueOf(e.getMessage())));
            }
        }
        return new LakeContents(contents.cut(), sound, holes);
    }

    /** In the form that is not damaged. */
    private static SealedPartition sound(LocalLake<?> lake, SealedPartition partition) throws IOException {
        try {
            lake.verify(partition);
            return partition;
        } catch (IOException e) {
            if (partition.parquet() == null) {
                throw e;
            }
            SealedPartition json = new SealedPartition(partition.partition(), partition.manifest(), partition.strays());
            try {
                lake.verify(json);
                return json;
            } catch (IOException expired) {
                e.addSuppressed(expired);
                throw e;
            }
        }
    }

    @Override
    public List<Hole> holes() {
        return contents.holes();
    }

    @Override
    public Optional<Source> source() {
        return Optional.ofNullable(table).map(StagedTable::source);
    }

    @Override
    public long bytes() {
        return contents.bytes();
    }

    @Override
    public void close() {
        if (table != null) {
            table.close();
        }
    }
}
