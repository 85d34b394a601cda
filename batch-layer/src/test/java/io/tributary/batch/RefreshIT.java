package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.Lakes;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.lake.Seals;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.lake.Manifest;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A view that is refreshed from cut to cut is the one that is built from scratch. */
class RefreshIT {
    private static final int PARTITIONS = 8;
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_TOP3_DIVISIONS;

    private static DuckDbEngine engine;

    @TempDir
    private Path root;

    private LocalLake<EnrichedOrder> lake;
    private BatchViews<EnrichedOrder> views;

    @BeforeAll
    static void start() {
        engine = DuckDbEngine.start();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    /** Fills and seals a lake, but for some partitions. */
    private List<EnrichedOrder> fill(long seed, int count, List<Integer> unsealed) throws IOException {
        lake = Lakes.orders(root);
        views = BatchViews.on(engine, lake);
        List<EnrichedOrder> orders = new RandomOrders(seed, PARTITIONS).list(count);
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            for (EnrichedOrder order : orders) {
                writer.write(order, order.eventTime());
            }
            writer.flush();
            for (int i = 0; i < PARTITIONS; i++) {
                if (!unsealed.contains(i)) {
                    writer.seal(partition(i));
                }
            }
        }
        return orders;
    }

    private static Partition partition(int index) {
        return Lakes.LAYOUT.partitionOf(RandomOrders.partition(index));
    }

    private static Instant cut(int index) {
        return RandomOrders.partition(index);
    }

    private static void assertSame(BatchViewSnapshot actual, BatchViewSnapshot expected) {
        assertThat(actual.batch().slices())
                .containsExactlyInAnyOrderElementsOf(expected.batch().slices());
        assertThat(actual.batch().holes()).isEqualTo(expected.batch().holes());
        assertThat(actual.batch().cut()).isEqualTo(expected.batch().cut());
        assertThat(actual.seals()).isEqualTo(expected.seals());
        assertThat(actual.definition()).isEqualTo(expected.definition());
    }

    /** Takes a directory out of the lake, or puts it there again. */
    private void move(int index, boolean back) throws IOException {
        Path inside = root.resolve(partition(index).path());
        Path aside = root.resolve("aside-" + index);
        Files.move(back ? aside : inside, back ? inside : aside);
    }

    @Test
    void aDirectoryThatComesOrGoesLaterIsSeen() throws IOException {
        fill(15, 300, List.of(3, 5));
        move(3, false);
        BatchViewSnapshot old = views.rebuild(VIEW, cut(7));
        assertThat(old.batch().holes()).containsExactly(Seals.unsealed(partition(5)));
        move(3, true);
        move(5, false);
        BatchViewSnapshot now = views.refresh(VIEW, old, cut(7));
        assertSame(now, views.rebuild(VIEW, cut(7)));
        assertThat(now.batch().holes()).containsExactly(Seals.unsealed(partition(3)));
    }

    @Test
    void aSealedPartitionThatIsGoneStaysAHole() throws IOException {
        fill(16, 300, List.of());
        Files.delete(root.resolve(partition(3).path()).resolve(Manifest.FILE_NAME));
        BatchViewSnapshot old = views.rebuild(VIEW, cut(6));
        assertThat(old.batch().holes()).containsExactly(Seals.unsealed(partition(3)));
        move(3, false);
        BatchViewSnapshot now = views.refresh(VIEW, old, cut(7));
        assertSame(now, views.rebuild(VIEW, cut(7)));
        assertThat(now.batch().holes())
                .containsExactly(new Hole(partition(3).path(), "it was sealed, but its directory is gone"));
    }

    @Test
    void whatIsSealedWhileASnapshotIsBuiltIsReadByTheNextRefresh() throws IOException {
        fill(17, 300, List.of(3, 6));
        BatchViewSnapshot old = views.rebuild(VIEW, cut(5));
        List<Integer> open = new ArrayList<>(List.of(3, 6));
        LocalLake<EnrichedOrder> raced = Lakes.orders(root, () -> {
            if (!open.isEmpty()) {
                lake.seal(partition(open.remove(0)));
            }
        });
        BatchViews<EnrichedOrder> racing = BatchViews.on(engine, raced);
        BatchViewSnapshot rebuilt = racing.rebuild(VIEW, cut(7));
        assertThat(rebuilt.batch().holes())
                .containsExactly(
                        Seals.unsealed(partition(6)),
                        new Hole(partition(3).path(), "it was sealed while this was built"));
        BatchViewSnapshot refreshed = racing.refresh(VIEW, old, cut(7));
        assertThat(refreshed.batch().holes())
                .containsExactly(new Hole(partition(6).path(), "it was sealed while this was built"));
        BatchViewSnapshot whole = views.rebuild(VIEW, cut(8));
        assertThat(whole.batch().holes()).isEmpty();
        assertSame(views.refresh(VIEW, rebuilt, cut(8)), whole);
        assertSame(views.refresh(VIEW, refreshed, cut(8)), whole);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everyRefreshIsARebuild(long seed) throws IOException {
        Random random = new Random(seed);
        List<Integer> unsealed = new ArrayList<>(List.of(random.nextInt(PARTITIONS), random.nextInt(PARTITIONS)));
        List<EnrichedOrder> orders = fill(seed, 40 + random.nextInt(400), unsealed);
        Map<View<EnrichedOrder>, BatchViewSnapshot> now = new LinkedHashMap<>();
        for (View<EnrichedOrder> view : RetailViews.all()) {
            // Views that are built for different cuts are refreshed together all the same.
            now.put(view, views.rebuild(view, cut(1 + random.nextInt(2))));
        }
        boolean away = false;
        for (int cut = 3; cut <= PARTITIONS; cut += random.nextInt(3)) {
            if (!unsealed.isEmpty()) {
                int event = random.nextInt(3);
                if (event == 0 && !away) {
                    lake.seal(partition(unsealed.remove(0)));
                } else if (event == 1) {
                    move(unsealed.get(0), away);
                    away = !away;
                }
            }
            List<BatchViewSnapshot> refreshed = views.refreshAll(now, cut(cut));
            List<BatchViewSnapshot> rebuilt = views.rebuildAll(now.keySet(), cut(cut));
            for (int i = 0; i < refreshed.size(); i++) {
                assertSame(refreshed.get(i), rebuilt.get(i));
                now.put(RetailViews.all().get(i), refreshed.get(i));
            }
        }
        if (away) {
            move(unsealed.get(0), true);
            List<BatchViewSnapshot> refreshed = views.refreshAll(now, cut(PARTITIONS));
            for (int i = 0; i < refreshed.size(); i++) {
                now.put(RetailViews.all().get(i), refreshed.get(i));
            }
        }
        for (int index : List.copyOf(unsealed)) {
            lake.seal(partition(index));
        }
        BatchViewSnapshot last =
                views.refreshAll(now, cut(PARTITIONS)).get(RetailViews.all().indexOf(VIEW));
        Slices<EnrichedOrder> fold = VIEW.slices();
        fold.addAll(orders);
        assertThat(last.batch().holes()).isEmpty();
        assertThat(last.batch().slices()).containsExactlyInAnyOrderElementsOf(fold.toList());
    }

    @Test
    void readsAllAgainWhenItCannotTellWhatTheSnapshotLacks() throws IOException {
        fill(11, 300, List.of());
        Path manifest = root.resolve(partition(3).path()).resolve(Manifest.FILE_NAME);
        Files.writeString(
                manifest, Files.readString(manifest).replace(partition(2).path(), "another/lake/"));
        BatchViewSnapshot old = views.rebuild(VIEW, cut(5));
        assertThat(old.batch().holes()).extracting(Hole::partition).containsExactly("another/lake/");
        assertSame(views.refresh(VIEW, old, cut(7)), views.rebuild(VIEW, cut(7)));
    }

    @Test
    void readsNoFileThatTheSnapshotCovers() throws IOException {
        fill(11, 300, List.of());
        BatchViewSnapshot old = views.rebuild(VIEW, cut(5));
        BatchViewSnapshot whole = views.rebuild(VIEW, cut(7));
        for (int i = 0; i < 5; i++) {
            for (Path file : files(partition(i))) {
                Files.delete(file);
            }
        }
        assertSame(views.refresh(VIEW, old, cut(7)), whole);
        assertThat(lake.contents(cut(5), cut(7)).partitions())
                .extracting(SealedPartition::partition)
                .containsExactly(partition(5), partition(6));
    }

    private List<Path> files(Partition partition) throws IOException {
        try (var files = Files.list(root.resolve(partition.path()))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    @Test
    void refusesWhenWhatIsCoveredIsSealedAnewOrNoMore() throws IOException {
        fill(12, 300, List.of());
        BatchViewSnapshot old = views.rebuild(VIEW, cut(4));
        Path manifest = root.resolve(partition(2).path()).resolve("_SUCCESS");
        String text = Files.readString(manifest);
        Files.delete(manifest);
        assertThatIllegalStateException()
                .isThrownBy(() -> views.refresh(VIEW, old, cut(5)))
                .withMessage(
                        "Cannot refresh view %s: partitions before %s are no longer sealed as they were when it was built (rebuild it)",
                        VIEW.name(), cut(4));
        lake.seal(partition(2));
        assertThat(Files.readString(manifest)).isNotEqualTo(text);
        assertThatIllegalStateException().isThrownBy(() -> views.refresh(VIEW, old, cut(5)));
        Files.writeString(manifest, text);
        assertThat(views.refresh(VIEW, old, cut(5)).batch().holes()).isEmpty();
    }

    @Test
    void refusesASnapshotOfAnotherDefinitionAndAnEarlierCut() throws IOException {
        fill(13, 50, List.of());
        BatchViewSnapshot old = views.rebuild(VIEW, cut(4));
        assertThatIllegalStateException()
                .isThrownBy(() -> views.refresh(RetailViews.DAILY_SALES, old, cut(5)))
                .withMessageContaining("as one of view daily-sales: it was built by another definition");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> views.refresh(VIEW, old, cut(3)))
                .withMessage(
                        "Invalid cut: %s (the view %s is there up to %s; take a later cut)",
                        cut(3), VIEW.name(), cut(4));
    }

    @Test
    void whatWasBeyondTheLastSealedPartitionIsReadLater() throws IOException {
        fill(14, 300, List.of(4, 5, 6, 7));
        for (int i = 4; i < PARTITIONS; i++) {
            for (Path file : files(partition(i))) {
                Files.move(file, root.resolve(i + "-" + file.getFileName()));
            }
            Files.delete(root.resolve(partition(i).path()));
        }
        BatchViewSnapshot old = views.rebuild(VIEW, cut(6));
        assertThat(old.batch().holes())
                .extracting(Hole::partition)
                .containsExactly("%s to %s".formatted(partition(4), partition(5)));
        lake.seal(partition(4));
        lake.seal(partition(5));
        lake.seal(partition(6));
        assertSame(views.refresh(VIEW, old, cut(7)), views.rebuild(VIEW, cut(7)));
    }
}
