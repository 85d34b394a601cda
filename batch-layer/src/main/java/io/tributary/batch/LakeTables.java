package io.tributary.batch;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.view.BatchView.Hole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a lake in a catalogue: over its JSON lines and, where it is compacted, over the Parquet copies.
 *
 * @param parquet null to read JSON lines only
 */
record LakeTables(Source.Table json, Source.@Nullable Table parquet) {

    /** A table and the partitions that are read from it. */
    record Form(Source.Table table, boolean parquet, String remedy) {
        boolean has(SealedPartition partition) {
            return parquet == (partition.parquet() != null);
        }

        LakeContents of(LakeContents contents) {
            return new LakeContents(
                    contents.cut(),
                    contents.partitions().stream().filter(this::has).toList(),
                    List.of());
        }
    }

    List<Form> forms() {
        String remedy = "register the partition";
        return parquet == null
                ? List.of(new Form(
                        json, false, remedy + ", or name the table of the Parquet copies if the lake is compacted"))
                : List.of(new Form(json, false, remedy), new Form(parquet, true, remedy));
    }

    /** What these tables have: a table over JSON lines reads what no manifest names, too. */
    LakeContents readable(LakeContents contents) {
        List<SealedPartition> sealed = new ArrayList<>();
        List<Hole> holes = new ArrayList<>(contents.holes());
        for (SealedPartition found : contents.partitions()) {
            SealedPartition partition =
                    parquet == null ? new SealedPartition(found.partition(), found.manifest(), found.strays()) : found;
            if (partition.parquet() != null || partition.strays().isEmpty()) {
                sealed.add(partition);
            } else {
                holes.add(strays(partition));
            }
        }
        return new LakeContents(contents.cut(), sealed, holes);
    }

    /** What is told of a partition with strays, of which a table makes records. */
    static Hole strays(SealedPartition partition) {
        return new Hole(
                partition.partition().path(),
                "it has %d files that its manifest does not name, such as %s (remove them)"
                        .formatted(partition.strays().size(), partition.strays().get(0)));
    }
}
