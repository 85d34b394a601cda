package io.tributary.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.testing.BatchViewStoreContract;
import io.tributary.testing.Promises;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.BatchViewStore;
import io.tributary.view.Measure;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class SnapshotStoreTest {
    private static final View<EnrichedOrder> VIEW = Snapshots.VIEW;
    private static final Instant NOW = Instant.parse("2023-09-08T00:00:00Z");

    @TempDir
    private static Path directories;

    @TestFactory
    Stream<DynamicTest> keepsTheContractInMemory() {
        return Promises.of(BatchViewStoreContract.of(SnapshotStore::inMemory));
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContractInADirectory() {
        return Promises.of(BatchViewStoreContract.of(
                () -> SnapshotStore.inDirectory(Files.createTempDirectory(directories, "담배 'it''s'"))));
    }

    @Test
    void tellsABuilderWhoWasFasterAndAReaderWhatIsOfAnotherDefinition() throws IOException {
        SnapshotStore store = SnapshotStore.inMemory();
        store.begin(VIEW).publish(Snapshots.snapshot(VIEW, 1));
        BatchViewStore.Publication slow = store.begin(VIEW);
        store.begin(VIEW).publish(Snapshots.snapshot(VIEW, 2));
        assertThatIllegalStateException()
                .isThrownBy(() -> slow.publish(Snapshots.snapshot(VIEW, 3)))
                .withMessage(
                        "Cannot publish the snapshot of view %s: it was begun at epoch 1, another builder has published epoch 2 (begin again)",
                        VIEW.name());
        assertThatIllegalStateException()
                .isThrownBy(() -> store.begin(VIEW).publish(Snapshots.snapshot(VIEW, 1)))
                .withMessageStartingWith("Cannot publish the snapshot of view %s up to ", VIEW.name());
        assertThatIllegalStateException()
                .isThrownBy(() -> store.newest(View.named(VIEW.name())
                        .over(EnrichedOrder.SCHEMA)
                        .measure("cnt", Measure.count())
                        .build()))
                .withMessageStartingWith(
                        "Cannot use the snapshot of view %s up to %s: it was built by another definition",
                        VIEW.name(), RandomOrders.partition(2));
    }

    /** A crash, or another builder's whole publication, at a step of one. */
    private static final class Interrupted implements SnapshotObjects {
        private final SnapshotObjects objects;
        private final int step;
        private final Event event;
        private int steps;

        interface Event {
            void happen() throws IOException;
        }

        Interrupted(SnapshotObjects objects, int step, Event event) {
            this.objects = objects;
            this.step = step;
            this.event = event;
        }

        private void step() throws IOException {
            if (steps++ == step) {
                event.happen();
            }
        }

        @Override
        public Optional<Versioned> read(String key) throws IOException {
            step();
            return objects.read(key);
        }

        @Override
        public void put(String key, String text) throws IOException {
            step();
            objects.put(key, text);
        }

        @Override
        public boolean replace(String key, String text, @Nullable String version) throws IOException {
            step();
            return objects.replace(key, text, version);
        }

        @Override
        public List<String> list(String prefix) throws IOException {
            step();
            return objects.list(prefix);
        }

        @Override
        public void delete(String key) throws IOException {
            step();
            objects.delete(key);
        }

        @Override
        public String describe(String key) {
            return objects.describe(key);
        }
    }

    private static SnapshotStore store(SnapshotObjects objects) {
        return new SnapshotStore(objects, () -> NOW, Duration.ZERO);
    }

    @Test
    void anotherBuilderAtAnyStepNeverMakesAnOlderSnapshotTheNewest() throws IOException {
        int outcomes = 0;
        for (int step = 0; step < 12; step++) {
            MemoryObjects objects = new MemoryObjects();
            store(objects).begin(VIEW).publish(Snapshots.snapshot(VIEW, 1));
            SnapshotStore slow = store(new Interrupted(
                    objects, step, () -> store(objects).begin(VIEW).publish(Snapshots.snapshot(VIEW, 3))));
            int newest;
            try {
                BatchViewStore.Publication publication = slow.begin(VIEW);
                publication.previous();
                publication.publish(Snapshots.snapshot(VIEW, 2));
                newest = objects.read(VIEW.name() + "/head.json")
                                .orElseThrow()
                                .text()
                                .contains("\"epoch\" : 3")
                        ? 3
                        : 2;
            } catch (IllegalStateException | IOException e) {
                outcomes++;
                newest = 3;
            }
            Snapshots.assertSame(store(objects).newest(VIEW).orElseThrow(), Snapshots.snapshot(VIEW, newest));
        }
        assertThat(outcomes).as("steps at which the slow builder lost").isBetween(3, 6);
    }

    @Test
    void aCrashAtAnyStepLeavesTheOldSnapshotOrTheNew() throws IOException {
        for (int step = 0; step < 12; step++) {
            MemoryObjects objects = new MemoryObjects();
            store(objects).begin(VIEW).publish(Snapshots.snapshot(VIEW, 1));
            SnapshotStore crashing = store(new Interrupted(objects, step, () -> {
                throw new IOException("power is out");
            }));
            int expected = 1;
            try {
                crashing.begin(VIEW).publish(Snapshots.snapshot(VIEW, 2));
                expected = 2;
            } catch (IOException e) {
                assertThat(e).hasMessage("power is out");
            }
            Snapshots.assertSame(store(objects).newest(VIEW).orElseThrow(), Snapshots.snapshot(VIEW, expected));
            store(objects).begin(VIEW).publish(Snapshots.snapshot(VIEW, 3));
            Snapshots.assertSame(store(objects).newest(VIEW).orElseThrow(), Snapshots.snapshot(VIEW, 3));
        }
    }

    @Test
    void aReaderThatIsOvertakenReadsTheNewerSnapshot() throws IOException {
        MemoryObjects objects = new MemoryObjects();
        store(objects).begin(VIEW).publish(Snapshots.snapshot(VIEW, 1));
        SnapshotStore reader = store(new Interrupted(objects, 1, () -> {
            for (int cut = 2; cut <= 3; cut++) {
                store(objects).begin(VIEW).publish(Snapshots.snapshot(VIEW, cut));
            }
        }));
        Snapshots.assertSame(reader.newest(VIEW).orElseThrow(), Snapshots.snapshot(VIEW, 3));
    }

    @Test
    void oldSnapshotsGoAfterTheGrace() throws IOException {
        MemoryObjects objects = new MemoryObjects();
        Instant[] now = {NOW};
        SnapshotStore store = new SnapshotStore(objects, () -> now[0], Duration.ofMinutes(10));
        objects.put(VIEW.name() + "/000000000001-0123456789abcdef.ndjson", "of a builder who lost");
        for (int cut = 1; cut <= 4; cut++) {
            store.begin(VIEW).publish(Snapshots.snapshot(VIEW, cut));
            now[0] = now[0].plus(Duration.ofMinutes(6));
        }
        assertThat(objects.list(VIEW.name() + "/"))
                .extracting(key -> key.substring(VIEW.name().length() + 1).split("-", 2)[0])
                .containsExactly("000000000003", "000000000004", "000000000005", "head.json");
        assertThat(store.leastCut(VIEW)).isEqualTo(RandomOrders.partition(3));
    }

    @Test
    void theSameSlicesGiveTheSameBytesInAnyOrder() {
        BatchViewSnapshot snapshot = Snapshots.snapshot(VIEW, 2);
        List<SlicePartial> slices = new ArrayList<>(snapshot.batch().slices());
        List<Hole> holes = new ArrayList<>(
                List.of(new Hole("hour=05/", "torn"), new Hole("hour=06/", "gone"), new Hole("hour=06/", "torn")));
        Set<String> texts = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Collections.shuffle(slices, random);
            Collections.shuffle(holes, random);
            BatchView batch = new BatchView(VIEW.name(), snapshot.batch().cut(), slices, holes);
            String text =
                    SnapshotText.format(VIEW, new BatchViewSnapshot(batch, snapshot.definition(), snapshot.seals()));
            texts.add(text);
            texts.add(SnapshotText.format(VIEW, SnapshotText.parse(VIEW, text)));
        }
        assertThat(texts).hasSize(1);
    }

    @Test
    void everyTornSnapshotIsRefused() throws IOException {
        MemoryObjects objects = new MemoryObjects();
        store(objects).begin(VIEW).publish(Snapshots.snapshot(VIEW, 2));
        for (String key : objects.list(VIEW.name() + "/")) {
            String text = objects.read(key).orElseThrow().text();
            for (String torn : Arrays.asList("", "{}", "[]", "{\"format\":2}", text.substring(0, text.length() / 2))) {
                objects.put(key, torn);
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> store(objects).newest(VIEW))
                        .withMessageStartingWith("Cannot read ");
            }
            objects.put(key, text);
        }
        objects.delete(objects.list(VIEW.name() + "/").get(0));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store(objects).newest(VIEW))
                .withMessage(
                        "Cannot read the snapshot of view %s: its file is gone from memory:%s/ (rebuild it)",
                        VIEW.name(), VIEW.name());
        objects.put(VIEW.name() + "/head.json", "{");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> store(objects).begin(VIEW));
        store(objects).beginAnew(VIEW).publish(Snapshots.snapshot(VIEW, 1));
        Snapshots.assertSame(store(objects).newest(VIEW).orElseThrow(), Snapshots.snapshot(VIEW, 1));
    }

    @Test
    void theFormatStaysAsItIs() throws IOException {
        View<EnrichedOrder> view = RetailViews.DIVISION_SALES;
        Slices<EnrichedOrder> slices = view.slices();
        slices.addAll(new RandomOrders(3, 2).list(12));
        BatchView batch = new BatchView(
                view.name(),
                RandomOrders.partition(2),
                slices.toList(),
                List.of(new Hole("hour=05/", "it is not sealed")));
        String text = SnapshotText.format(view, new BatchViewSnapshot(batch, "a".repeat(64), "b".repeat(64)));
        assertThat(text).isEqualTo(golden("snapshot.ndjson"));
        Head head = new Head(
                view.name(),
                "a".repeat(64),
                7,
                "writer-1",
                RandomOrders.partition(2),
                "000000000007-cccccccccccccccc.ndjson",
                "c".repeat(64),
                NOW,
                List.of(new Head.Superseded("000000000006-dddddddddddddddd.ndjson", RandomOrders.partition(1), NOW)));
        assertThat(head.toJson()).isEqualTo(golden("head.json"));
        assertThat(Head.parse(head.toJson())).isEqualTo(head);
    }

    @Test
    void aHeadNamesNoFileElsewhere() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Head.parse(golden("head.json").replace("000000000007-", "../other-view/000000000007-")))
                .withMessageStartingWith(
                        "it names the file '../other-view/000000000007-cccccccccccccccc.ndjson' (must ");
    }

    private static String golden(String name) throws IOException {
        return Files.readString(
                Path.of("src/test/resources/io/tributary/serving/snapshot").resolve(name));
    }

    @Test
    void whatWasPublishedByAnotherDefinitionIsNoPreviousSnapshot() throws IOException {
        SnapshotStore store = SnapshotStore.inMemory();
        store.begin(VIEW).publish(Snapshots.snapshot(VIEW, 1));
        View<EnrichedOrder> redefined = View.named(VIEW.name())
                .over(EnrichedOrder.SCHEMA)
                .measure("cnt", Measure.count())
                .build();

        assertThat(store.beginAnew(VIEW).previous()).isPresent();
        assertThatIllegalStateException()
                .isThrownBy(() -> store.beginAnew(redefined).previous())
                .withMessageContaining("it was built by another definition of the view");
    }

    @Test
    void theSameStoreByAnotherClockAndGrace() throws IOException {
        SnapshotStore store = SnapshotStore.inMemory();
        SnapshotStore early = store.withClock(() -> NOW);
        early.begin(VIEW).publish(Snapshots.snapshot(VIEW, 1));
        early.begin(VIEW).publish(Snapshots.snapshot(VIEW, 2));
        SnapshotStore later = store.withClock(() -> NOW.plus(Duration.ofMinutes(59)));

        assertThat(later.leastCut(VIEW)).isEqualTo(RandomOrders.partition(1));
        assertThat(later.withGrace(Duration.ofMinutes(59)).leastCut(VIEW)).isEqualTo(RandomOrders.partition(2));
        assertThat(later.withGrace(Duration.ofMinutes(60)).leastCut(VIEW)).isEqualTo(RandomOrders.partition(1));
    }

    @Test
    void namesAreTheSameInEveryLocale() throws IOException {
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("fa-IR-u-nu-arabext"));
        try {
            MemoryObjects objects = new MemoryObjects();
            SnapshotStore store = new SnapshotStore(objects, () -> NOW, Duration.ofMinutes(10));
            store.begin(VIEW).publish(Snapshots.snapshot(VIEW, 1));
            assertThat(objects.list(VIEW.name() + "/")).anyMatch(key -> key.contains("/000000000001-"));
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    @Test
    void whatKilledBuildersLeaveGoes() throws IOException {
        Path views = Files.createDirectories(directories.resolve(VIEW.name()));
        Path left = views.resolve(".000000000001-0123456789abcdef.ndjson." + UUID.randomUUID());
        Files.writeString(left, "half a snap");
        SnapshotStore store = SnapshotStore.inDirectory(directories);
        store.begin(VIEW).publish(Snapshots.snapshot(VIEW, 1));
        store.begin(VIEW).publish(Snapshots.snapshot(VIEW, 2));
        assertThat(left).doesNotExist();
    }

    @Test
    void refusesAPlaceThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SnapshotStore.inMemory().withGrace(Duration.ofSeconds(-1)))
                .withMessage("Invalid grace: PT-1S (must be PT0S to PT87600H)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SnapshotStore.inMemory().withGrace(ChronoUnit.FOREVER.getDuration()))
                .withMessageEndingWith("(must be PT0S to PT87600H)");
    }
}
