package io.tributary.batch.lake;

import static io.tributary.batch.lake.Lakes.HOUR_4;
import static io.tributary.batch.lake.Lakes.HOUR_5;
import static io.tributary.batch.lake.Lakes.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import io.tributary.view.BatchView.Hole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is Parquet does not matter here, only whose it is. */
class ParquetCopiesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String HOUR = "year=2023/month=09/day=07/hour=04/";

    @TempDir
    private Path root;

    private LocalLake<EnrichedOrder> orders;

    @BeforeEach
    void makeALake() throws IOException {
        orders = fill("orders");
    }

    private LocalLake<EnrichedOrder> fill(String directory) throws IOException {
        LocalLake<EnrichedOrder> lake = LocalLake.at(
                        root,
                        PartitionLayout.parse(
                                "data/%s/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/"
                                        .formatted(directory)),
                        EnrichedOrder.SCHEMA)
                .withClock(InstantSource.fixed(NOW));
        add(lake);
        return lake;
    }

    private static Manifest add(LocalLake<EnrichedOrder> lake) throws IOException {
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            writer.write(order(1), HOUR_4);
        }
        return lake.seal(partition(lake));
    }

    private static Partition partition(LocalLake<EnrichedOrder> lake) {
        return lake.layout().partitionOf(HOUR_4);
    }

    private static LakeContents contents(LocalLake<EnrichedOrder> lake) throws IOException {
        return lake.contents(HOUR_5);
    }

    private static void compact(LocalLake<EnrichedOrder> lake) throws IOException {
        lake.convert(contents(lake).partitions(), (partitions, work) -> {
            Path parquet = Files.writeString(work.directory().resolve("written"), lake.toString());
            return Map.of(partition(lake), List.of(parquet));
        });
    }

    private static void expire(LocalLake<EnrichedOrder> lake) throws IOException {
        assertThat(lake.expire(contents(lake).partitions().get(0), Duration.ZERO))
                .isPositive();
    }

    private Path copies() {
        return root.resolve("data/transform_data").resolve(HOUR);
    }

    private void put(String file) throws IOException {
        Path path = copies().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, file);
    }

    @Test
    void theCopyOfAnotherLakeStays() throws IOException {
        LocalLake<EnrichedOrder> returns = fill("returns");
        compact(orders);
        expire(orders);
        LakeContents expected = contents(orders);
        assertThatIllegalStateException()
                .isThrownBy(() -> compact(returns))
                .withMessage(
                        "Cannot compact data/returns/%s: in %s is the Parquet copy of another lake, data/orders/%s (keep each lake in a directory of its own, whose parent no other has)",
                        HOUR, copies(), HOUR);
        assertThat(contents(orders)).isEqualTo(expected);
        orders.verify(expected.partitions().get(0));
        assertThat(contents(returns).holes()).isEmpty();
    }

    @Test
    void theLinesCountBesideTheCopyOfAnotherLake() throws IOException {
        LocalLake<EnrichedOrder> returns = fill("returns");
        compact(orders);
        SealedPartition sealed = contents(returns).partitions().get(0);
        assertThat(sealed.parquet()).isNull();
        assertThat(returns.expire(sealed, Duration.ZERO)).isZero();
        String line = sealed.manifest().files().get(0).name();
        Files.delete(returns.directory(partition(returns)).resolve(line));
        assertThat(contents(returns).holes())
                .containsExactly(new Hole(
                        partition(returns).path(),
                        "its file %s is missing; in the place of its Parquet copy is that of another lake, %s (keep each lake in a directory of its own)"
                                .formatted(line, partition(orders))));
    }

    @Test
    void noFileOfSomebodyElseIsDeleted() throws IOException {
        for (String file : List.of("000000_0", "part-1.parquet", "minute=30/part.parquet")) {
            put(file);
            put("_notes");
            assertThatIllegalStateException()
                    .isThrownBy(() -> compact(orders))
                    .withMessage(
                            "Cannot compact %s: where its Parquet copy is to be is %s, which no compaction of it wrote (move it elsewhere)",
                            partition(orders), copies().resolve(file));
            Files.delete(copies().resolve(file));
        }
        compact(orders);
        assertThat(contents(orders).partitions().get(0).parquet()).isNotNull();
        assertThat(copies().resolve("_notes")).exists();
        put("minute=30/part.parquet");
        assertThat(contents(orders).partitions().get(0).parquet()).isNull();
    }

    @Test
    void whatNobodyKnowsTheOwnerOfIsKept() throws IOException {
        put(Manifest.FILE_NAME);
        assertThatThrownBy(() -> compact(orders))
                .hasMessage(
                        "Cannot read manifest %s: it is torn or no manifest of a Parquet copy (restore it, or remove it if the JSON lines are there)",
                        copies().resolve(Manifest.FILE_NAME));
        assertThat(copies().resolve(Manifest.FILE_NAME)).hasContent(Manifest.FILE_NAME);
    }

    @Test
    void leftoversOfItsOwnGo() throws IOException {
        String part = "part-00000000-0000-0000-0000-000000000000.parquet";
        put(part);
        put(".%s.11111111-1111-1111-1111-111111111111".formatted(part));
        compact(orders);
        List<String> first = Lakes.files(copies());
        assertThat(first).hasSize(2).doesNotContain(part);
        Files.delete(orders.manifestOf(partition(orders)));
        add(orders);
        assertThat(contents(orders).partitions().get(0).parquet()).isNull();
        compact(orders);
        assertThat(contents(orders).partitions().get(0).parquet()).isNotNull();
        assertThat(Lakes.files(copies())).hasSize(2).doesNotContainAnyElementsOf(parts(first));
    }

    private static List<String> parts(List<String> files) {
        List<String> parts = new ArrayList<>(files);
        parts.remove(Manifest.FILE_NAME);
        return parts;
    }

    @Test
    void isSealedAgainWhenItsLinesHaveExpired() throws IOException {
        Partition partition = partition(orders);
        Manifest manifest = contents(orders).partitions().get(0).manifest();
        compact(orders);
        expire(orders);
        assertThat(orders.seal(partition)).isEqualTo(manifest);
        Path late = Files.writeString(orders.directory(partition).resolve("late.json"), "{}\n");
        assertThatIllegalStateException()
                .isThrownBy(() -> orders.seal(partition))
                .withMessageContaining("new is late.json");
        Files.delete(late);
        Files.delete(copies().resolve(Manifest.FILE_NAME));
        assertThatIllegalStateException()
                .isThrownBy(() -> orders.seal(partition))
                .withMessageContaining("some are gone");
    }

    @Test
    void aCopyThatDoesNotTellItsPartitionCountsByItsSeal() throws IOException {
        compact(orders);
        Path manifest = copies().resolve(Manifest.FILE_NAME);
        String text = Files.readString(manifest);
        assertThat(text).contains("\"partition\" : \"%s\",".formatted(partition(orders)));
        Files.writeString(manifest, text.replaceFirst("  \"partition\" : .*\n", ""));
        assertThat(Files.readString(manifest)).doesNotContain("partition");
        assertThat(contents(orders).partitions().get(0).parquet()).isNotNull();
    }
}
