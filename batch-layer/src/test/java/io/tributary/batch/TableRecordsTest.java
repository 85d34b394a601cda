package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.Lakes;
import io.tributary.batch.lake.ParquetCopy;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.lake.LakeFile;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.partition.PartitionPredicate;
import io.tributary.retail.EnrichedOrder;
import io.tributary.view.BatchView.Hole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableRecordsTest {
    private static final PartitionLayout LAYOUT = Lakes.LAYOUT;
    private static final Instant START = Instant.parse("2021-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2023-01-01T00:00:00Z");
    private static final Instant LINES_FROM = Instant.parse("2022-12-31T00:00:00Z");
    private static final int OPENING_HOUR = 8;
    private static final LakeTables TABLES = new LakeTables(Source.table("json"), Source.table("parquet"));

    /** Two years of a store that is closed at night, compacted but for the last day. */
    private static List<SealedPartition> nightly() {
        List<SealedPartition> sealed = new ArrayList<>();
        for (Partition partition : LAYOUT.partitions(START, END)) {
            boolean open = (int) partition.values().get(3).value() >= OPENING_HOUR;
            Manifest manifest = Manifest.of(
                    EnrichedOrder.SCHEMA,
                    partition,
                    null,
                    open ? List.of(new LakeFile("a.json", 10, 1, "00000000")) : List.of(),
                    new Manifest.Writer("test", 0),
                    END);
            ParquetCopy copy = open && partition.start().isBefore(LINES_FROM)
                    ? new ParquetCopy(
                            partition.path(),
                            "seal",
                            Map.of(),
                            List.of(new ParquetCopy.File("a.parquet", 10, "00000000")),
                            1,
                            END)
                    : null;
            sealed.add(new SealedPartition(partition, manifest, List.of(), copy));
        }
        return sealed;
    }

    @Test
    void partitionsWithoutRecordsDoNotCutWhatIsSelected() {
        LakeContents contents = new LakeContents(END, nightly(), List.of());
        Instant opening = LINES_FROM.plusSeconds(OPENING_HOUR * 3_600);
        assertThat(TABLES.forms())
                .extracting(form -> TableRecords.predicate(LAYOUT, contents, form))
                .containsExactly(
                        LAYOUT.predicate(opening, END),
                        LAYOUT.predicate(START.plusSeconds(OPENING_HOUR * 3_600), LINES_FROM));
    }

    @Test
    void aHoleDoes() {
        List<SealedPartition> sealed = nightly();
        Partition hole = sealed.remove(100 * 24 + 12).partition();
        LakeContents contents = new LakeContents(END, sealed, List.of(new Hole(hole.path(), "it is not sealed")));
        assertThat(TableRecords.predicate(LAYOUT, contents, TABLES.forms().get(1)))
                .isEqualTo(new PartitionPredicate.Or(List.of(
                        LAYOUT.predicate(START.plusSeconds(OPENING_HOUR * 3_600), hole.start()),
                        LAYOUT.predicate(hole.end(), LINES_FROM))));
    }
}
