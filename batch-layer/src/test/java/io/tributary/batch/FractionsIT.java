package io.tributary.batch;

import static io.tributary.view.Measure.distinct;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import io.tributary.view.Measure;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decimals whose type has no digit before the point, which engines write in different ways. */
class FractionsIT {
    private static final PartitionLayout LAYOUT = PartitionLayout.parse("year=!{timestamp:yyyy}/");
    private static final Column<Share, BigDecimal> PART = Column.decimal("part", 4, 4, Share::part);
    private static final Column<Share, String> OF = Column.text("of", Share::of);
    private static final Schema<Share> SCHEMA = Schema.of("share", Share.class, PART, OF);
    private static final View<Share> VIEW = View.named("shares")
            .over(SCHEMA)
            .measure("parts", distinct(PART))
            .measure("pairs", distinct(PART, OF))
            .measure("about", Measure.approxDistinct(PART, OF))
            .build();

    @TempDir
    private Path root;

    record Share(BigDecimal part, String of) {}

    @Test
    void haveTheSameTextFromDuckDbAsFromJava() throws IOException {
        LocalLake<Share> lake = LocalLake.at(root, LAYOUT, SCHEMA);
        Partition partition = LAYOUT.partitionOf(Instant.parse("2023-09-07T05:00:00Z"));
        Slices<Share> slices = VIEW.slices();
        try (LakeWriter<Share> writer = lake.writer()) {
            for (String part : List.of("0.2500", "-0.2500", "0.0000", "0.9999", "0.2500")) {
                Share share = new Share(new BigDecimal(part), "빵");
                slices.add(share);
                writer.write(share, partition.start());
            }
            writer.seal(partition);
        }
        try (DuckDbEngine engine = DuckDbEngine.start()) {
            assertThat(BatchViews.on(engine, lake).build(VIEW, partition.end()).slices())
                    .containsExactlyElementsOf(slices.toList());
        }
    }
}
