package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.batch.lake.FailingStorage;
import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.Lakes;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.ParquetCopy;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.SlicePartial;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake answers the same as JSON lines, as Parquet, and as some of each, whatever happens on the way. */
class CompactionIT {
    private static final int PARTITIONS = 4;
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_TOP3_DIVISIONS;

    private static DuckDbEngine engine;

    @TempDir
    private Path root;

    @BeforeAll
    static void start() {
        engine = DuckDbEngine.start();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private LocalLake<EnrichedOrder> fill(long seed) throws IOException {
        LocalLake<EnrichedOrder> lake = Lakes.orders(root);
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            for (EnrichedOrder order : new RandomOrders(seed, PARTITIONS).list(400)) {
                writer.write(order, order.eventTime());
            }
            for (int i = 0; i < PARTITIONS; i++) {
                writer.seal(partition(i));
            }
        }
        return lake;
    }

    private static Partition partition(int index) {
        return Lakes.LAYOUT.partitionOf(cut(index));
    }

    private static Instant cut(int index) {
        return RandomOrders.partition(index);
    }

    private static CompactionReport compact(LocalLake<EnrichedOrder> lake, int from, int to) throws IOException {
        return Compaction.on(engine, lake).compact(cut(from), cut(to), partition -> {});
    }

    private static List<Set<SlicePartial>> answers(LocalLake<EnrichedOrder> lake) throws IOException {
        BatchViews<EnrichedOrder> views = BatchViews.on(engine, lake);
        List<Set<SlicePartial>> together = new ArrayList<>();
        for (BatchView batch : views.buildAll(RetailViews.all(), cut(PARTITIONS))) {
            assertThat(batch.holes()).isEmpty();
            together.add(new HashSet<>(batch.slices()));
        }
        List<Set<SlicePartial>> alone = new ArrayList<>();
        for (View<EnrichedOrder> view : RetailViews.all()) {
            alone.add(new HashSet<>(views.build(view, cut(PARTITIONS)).slices()));
        }
        assertThat(alone).isEqualTo(together);
        return together;
    }

    private List<Path> files(String directory, String ending) throws IOException {
        Path start = root.resolve("data").resolve(directory);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static SealedPartition sealed(LocalLake<EnrichedOrder> lake, int index) throws IOException {
        return lake.contents(cut(index), cut(index + 1)).partitions().get(0);
    }

    @Test
    void aViewAloneIsOneReadingOfTheFiles() throws IOException {
        LocalLake<EnrichedOrder> lake = fill(1);
        BatchViews<EnrichedOrder> views = BatchViews.on(engine, lake);
        for (int compacted : List.of(0, 2, PARTITIONS)) {
            compact(lake, 0, compacted);
            long queries = engine.tally().queries();
            views.build(RetailViews.HOURLY_TOP3_DIVISIONS, cut(PARTITIONS));
            views.answer(RetailViews.DAILY_SALES, cut(PARTITIONS));
            assertThat(engine.tally().queries()).isEqualTo(queries + 2);
        }
    }

    @Test
    void everyViewIsTheSameOverJsonBothAndParquet() throws IOException {
        LocalLake<EnrichedOrder> lake = fill(1);
        List<Set<SlicePartial>> json = answers(lake);
        CompactionReport half = compact(lake, 0, 2);
        assertThat(half.partitions()).isEqualTo(2);
        assertThat(sealed(lake, 0).parquet()).isNotNull();
        assertThat(sealed(lake, 3).parquet()).isNull();
        assertThat(answers(lake)).isEqualTo(json);
        CompactionReport rest = compact(lake, 0, PARTITIONS);
        assertThat(rest.partitions()).isEqualTo(2);
        assertThat(rest.already()).isEqualTo(2);
        assertThat(rest.records() + half.records()).isEqualTo(400);
        assertThat(answers(lake)).isEqualTo(json);
        CompactionReport nothing = compact(lake, 0, PARTITIONS);
        assertThat(nothing).isEqualTo(new CompactionReport(0, PARTITIONS, 0, 0, 0, 0, 0, List.of()));
        Compaction<EnrichedOrder> compaction = Compaction.on(engine, lake);
        assertThat(compaction.expire(Instant.MIN, cut(PARTITIONS), Duration.ofDays(1)))
                .isEqualTo(new ExpiryReport(0, List.of()));
        assertThat(compaction.expire(Instant.MIN, cut(PARTITIONS), Duration.ZERO))
                .isEqualTo(new ExpiryReport(half.bytesBefore() + rest.bytesBefore(), List.of()));
        assertThat(files("stream_data", ".json")).isEmpty();
        assertThat(files("transform_data", ".parquet")).hasSize(PARTITIONS);
        assertThat(answers(lake)).isEqualTo(json);
        assertThat(compaction
                        .expire(Instant.MIN, cut(PARTITIONS), Duration.ZERO)
                        .bytes())
                .isZero();
    }

    @Test
    void aRefreshGoesAcrossACompaction() throws IOException {
        LocalLake<EnrichedOrder> lake = fill(2);
        BatchViews<EnrichedOrder> views = BatchViews.on(engine, lake);
        BatchViewSnapshot old = views.rebuild(VIEW, cut(2));
        BatchViewSnapshot whole = views.rebuild(VIEW, cut(4));
        compact(lake, 0, PARTITIONS);
        Compaction.on(engine, lake).expire(Instant.MIN, cut(PARTITIONS), Duration.ZERO);
        for (BatchViewSnapshot snapshot : List.of(views.refresh(VIEW, old, cut(4)), views.rebuild(VIEW, cut(4)))) {
            assertThat(snapshot.seals()).isEqualTo(whole.seals());
            assertThat(snapshot.batch().holes()).isEmpty();
            assertThat(snapshot.batch().slices())
                    .containsExactlyInAnyOrderElementsOf(whole.batch().slices());
        }
    }

    /** Whichever operation is the last one, what is there is whole, and the next run ends the work. A hole is work left. */
    @Test
    void aCrashAtAnyStepLeavesTheAnswer() throws IOException {
        LocalLake<EnrichedOrder> lake = fill(3);
        List<Set<SlicePartial>> expected = answers(lake);
        int crashes = 0;
        for (boolean done = false; !done; crashes++) {
            Compaction<EnrichedOrder> failing = Compaction.on(engine, FailingStorage.orders(root, crashes));
            try {
                boolean compacted =
                        failing.compact(cut(0), cut(2), partition -> {}).holes().isEmpty();
                boolean expired =
                        failing.expire(cut(0), cut(2), Duration.ZERO).holes().isEmpty();
                done = compacted && expired;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("crashed");
            }
            assertThat(answers(lake)).as("after %d operations", crashes).isEqualTo(expected);
        }
        assertThat(crashes).isGreaterThan(10);
        assertThat(files("transform_data", ".parquet")).hasSize(2);
        assertThat(files("stream_data", ".json")).hasSize(PARTITIONS - 2);
    }

    record Store(String code) {
        static final Schema<Store> SCHEMA =
                Schema.of(EnrichedOrder.SCHEMA.name(), Store.class, Column.text("store_cd", Store::code));
    }

    /** Once its lines have expired, what the copy lacks would be gone. */
    @Test
    void noColumnOfTheManifestIsLost() throws IOException {
        LocalLake<EnrichedOrder> lake = fill(6);
        LocalLake<Store> fewer = LocalLake.at(root, Lakes.LAYOUT, Store.SCHEMA);
        assertThat(fewer.contents(cut(1)).holes()).isEmpty();
        CompactionReport report = Compaction.on(engine, fewer).compact(cut(0), cut(1), partition -> {});
        assertThat(report.partitions()).isZero();
        assertThat(report.holes())
                .singleElement()
                .hasToString(partition(0) + ": it was sealed with the column tr_date, which the schema lacks");
        List<SealedPartition> sealed = fewer.contents(cut(1)).partitions();
        assertThatIllegalStateException()
                .isThrownBy(() -> fewer.convert(sealed, (partitions, work) -> Map.of()))
                .withMessageStartingWith("Cannot compact %s: it was sealed with the column ", partition(0))
                .withMessageEndingWith(
                        "which the schema %s has not, or has as another type (take the schema by which it was sealed)",
                        EnrichedOrder.SCHEMA.name());
        compact(lake, 0, 1);
        Path manifest = files("transform_data", "_SUCCESS").get(0);
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"store_cd\" : \"string\",", ""));
        assertThat(sealed(lake, 0).parquet()).isNull();
    }

    /** Somebody else was faster, and the lines are gone by now. */
    @Test
    void aCopyThatWasPutMeanwhileStays() throws IOException {
        LocalLake<EnrichedOrder> lake = fill(7);
        List<Set<SlicePartial>> expected = answers(lake);
        List<ParquetCopy> copies = lake.convert(List.of(sealed(lake, 0)), (partitions, work) -> {
            compact(lake, 0, 1);
            Compaction.on(engine, lake).expire(Instant.MIN, cut(1), Duration.ZERO);
            Path late = Files.writeString(work.directory().resolve("late.parquet"), "late");
            return Map.of(partition(0), List.of(late));
        });
        assertThat(answers(lake)).isEqualTo(expected);
        assertThat(copies).containsExactly(sealed(lake, 0).parquet());
    }

    @Test
    void damagedParquetIsNotRead() throws IOException {
        LocalLake<EnrichedOrder> lake = fill(4);
        List<Set<SlicePartial>> expected = answers(lake);
        compact(lake, 0, PARTITIONS);
        Path parquet = files("transform_data", ".parquet").get(1);
        byte[] bytes = Files.readAllBytes(parquet);
        // The magic bytes at the end: of the same size, and unreadable.
        bytes[bytes.length - 1] ^= 1;
        Files.write(parquet, bytes);
        assertThat(answers(lake)).as("as JSON, which is there").isEqualTo(expected);
        ExpiryReport expired = Compaction.on(engine, lake).expire(Instant.MIN, cut(PARTITIONS), Duration.ZERO);
        assertThat(expired.bytes()).isPositive();
        assertThat(expired.holes()).singleElement().satisfies(hole -> {
            assertThat(hole.partition()).isEqualTo(partition(1).path());
            assertThat(hole.reason())
                    .startsWith("Cannot trust %s: its checksum is ".formatted(parquet))
                    .endsWith(
                            "; restore it, or remove the _SUCCESS beside it and compact again if the JSON lines are there)");
        });
        assertThat(files("stream_data", ".json"))
                .singleElement()
                .satisfies(file ->
                        assertThat(file).startsWith(root.resolve(partition(1).path())));
        Files.write(parquet, new byte[] {1, 2, 3});
        assertThat(answers(lake)).isEqualTo(expected);
        assertThat(compact(lake, 0, PARTITIONS).partitions()).isEqualTo(1);
        Compaction.on(engine, lake).expire(cut(0), cut(PARTITIONS), Duration.ZERO);
        Files.delete(files("transform_data", ".parquet").get(1));
        List<Hole> holes =
                BatchViews.on(engine, lake).build(VIEW, cut(PARTITIONS)).holes();
        assertThat(holes)
                .extracting(Hole::partition)
                .containsExactly(partition(1).path());
        assertThat(holes.get(0).reason()).contains(" is missing; its Parquet copy part-", " has no bytes ");
    }

    @Test
    void damagedJsonIsNotCompacted() throws IOException {
        LocalLake<EnrichedOrder> lake = fill(5);
        Path json = files("stream_data", ".json").get(0);
        String text = Files.readString(json);
        Files.writeString(
                json, text.replaceFirst("\"mount\":\\d", "\"mount\":9").replaceFirst("\"qty\":\\d", "\"qty\":8"));
        assertThat(Files.readString(json)).isNotEqualTo(text);
        assertThatThrownBy(() -> compact(lake, 0, 1)).hasMessageStartingWith("Cannot trust %s: it holds ", json);
        assertThat(files("transform_data", "")).isEmpty();
    }

    @Test
    void aPartitionThatIsSealedAnewIsReadAsItIsNow() throws IOException {
        LocalLake<EnrichedOrder> lake = fill(6);
        compact(lake, 0, PARTITIONS);
        Compaction.on(engine, lake).expire(cut(0), cut(1), Duration.ZERO);
        long records = sealed(lake, 0).manifest().records();
        Path directory = root.resolve(partition(0).path());
        Files.delete(directory.resolve("_SUCCESS"));
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            List<EnrichedOrder> orders = new RandomOrders(7, PARTITIONS).list(11);
            for (EnrichedOrder order : orders) {
                writer.write(order, cut(0));
            }
            writer.seal(partition(0));
        }
        assertThat(sealed(lake, 0).parquet()).isNull();
        assertThat(lake.contents(cut(PARTITIONS)).records()).isEqualTo(400 - records + 11);
        List<Set<SlicePartial>> expected = answers(lake);
        assertThat(compact(lake, 0, PARTITIONS).partitions()).isEqualTo(1);
        assertThat(sealed(lake, 0).parquet()).isNotNull();
        assertThat(files("transform_data", ".parquet")).hasSize(PARTITIONS);
        assertThat(answers(lake)).isEqualTo(expected);
    }
}
