package io.tributary.serving.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.RequiresNode;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.serving.SpeedWrites;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Checkpoint;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A process that loses its connection at the k-th request, for every k, before it is sent and after. */
@RequiresNode
class CrashScheduleIT {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final DynamoOptions OPTIONS = DynamoOptions.defaults()
            .withShards(2)
            .withVersions(2)
            .withRequestsInFlight(1)
            .withMaxAttempts(1);

    private static Dynalite dynalite;

    private final List<EnrichedOrder> orders = new RandomOrders(5, 3).list(60);
    private final List<IngestSlice> before = SpeedWrites.slices(VIEW, orders.subList(0, 20));
    private final List<IngestSlice> half = SpeedWrites.slices(VIEW, orders.subList(0, 40));
    private final List<IngestSlice> after = SpeedWrites.slices(VIEW, orders);

    @BeforeAll
    static void start() {
        dynalite = new Dynalite();
    }

    @AfterAll
    static void stop() {
        dynalite.close();
    }

    private static List<Row> rows(List<IngestSlice> slices) {
        Slices<EnrichedOrder> merged = VIEW.slices();
        slices.forEach(slice -> merged.merge(slice.slice()));
        return VIEW.rows(merged.toList());
    }

    private static List<Row> read(SpeedStore store) {
        List<SlicePartial> slices =
                store.read(VIEW, Instant.MIN, TimeRange.all()).slices();
        return VIEW.rows(slices);
    }

    private static SpeedStore store(DynamoDbClient client, String table) {
        return DynamoSpeedStore.open(client, table, OPTIONS);
    }

    private static Writer writer(SpeedStore store, int index, Start start) {
        return store.writer(VIEW, new WriterId(index, 2), start);
    }

    private static void put(Writer first, Writer second, List<IngestSlice> slices) {
        first.put(slices.stream().filter(CrashScheduleIT::isOfFirst).toList());
        second.put(slices.stream().filter(slice -> !isOfFirst(slice)).toList());
    }

    private static boolean isOfFirst(IngestSlice slice) {
        return slice.slice().key().hashCode() % 2 == 0;
    }

    private static void commit(Writer first, Writer second, long checkpoint, List<IngestSlice> slices) {
        put(first, second, slices);
        first.prepare(checkpoint);
        second.prepare(checkpoint);
        first.commit(checkpoint);
    }

    /** One of two writers crashes; the next attempt resumes the last checkpoint that both have prepared. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCheckpointIsSeenAsAWholeOrNotAtAllWhereverAWriterCrashes(boolean answerIsLost) {
        Start start = Start.empty("run");
        boolean finished = false;
        for (int k = 1; !finished; k++) {
            String table = dynalite.newTable();
            AtomicLong complete = new AtomicLong();
            AtomicLong generation = new AtomicLong();
            try (SpeedStore healthy = store(dynalite.shared(), table);
                    DynamoDbClient client = dynalite.client(new Faults(k, answerIsLost));
                    SpeedStore crashing = store(client, table)) {
                Writer first = writer(healthy, 0, start);
                finished = succeeds(() -> {
                    Writer second = writer(crashing, 1, start);
                    generation.set(second.generation());
                    long checkpoint = 0;
                    List<List<IngestSlice>> batches = List.of(before, half, after);
                    while (checkpoint < 2) {
                        put(first, second, batches.get((int) checkpoint));
                        checkpoint++;
                        second.prepare(checkpoint);
                        first.prepare(checkpoint);
                        complete.set(checkpoint);
                        put(first, second, batches.get((int) checkpoint));
                        second.commit(checkpoint);
                    }
                });
                List<List<Row>> states = List.of(List.of(), rows(before), rows(half));
                List<Row> resumed = states.get((int) complete.get());
                assertThat(read(healthy)).as("after request %d", k).isIn(resumed, states.get((int)
                        Math.max(0, complete.get() - 1)));

                Start again = complete.get() == 0
                        ? Start.empty("again")
                        : Start.resuming(
                                "again", new Checkpoint(generation.get(), complete.get()), RandomOrders.partition(0));
                Writer second = writer(healthy, 1, again);
                assertThat(read(healthy)).as("resumed after request %d", k).isEqualTo(resumed);
                assertThatThrownBy(() -> first.commit(3)).isInstanceOf(StaleWriterException.class);
                commit(writer(healthy, 0, again), second, 3, before);
                assertThat(read(healthy)).as("committed after request %d", k).isEqualTo(rows(before));
            }
        }
    }

    /** The next attempt starts, and may commit, between any two requests of the writers of the one before. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStaleWriterChangesNothingWhereverItWasStopped(boolean nextHasCommitted) {
        boolean finished = false;
        for (int k = 1; !finished; k++) {
            String table = dynalite.newTable();
            try (SpeedStore healthy = store(dynalite.shared(), table)) {
                Pause pause = new Pause(() -> {
                    Start next = Start.empty("next");
                    Writer first = writer(healthy, 0, next);
                    Writer second = writer(healthy, 1, next);
                    put(first, second, after);
                    if (nextHasCommitted) {
                        commit(first, second, 1, after);
                    }
                });
                try (DynamoDbClient client = dynalite.client(pause);
                        SpeedStore slow = store(client, table)) {
                    Writer first = writer(slow, 0, Start.empty("run"));
                    Writer second = writer(slow, 1, Start.empty("run"));
                    commit(first, second, 1, before);
                    pause.at(k);
                    finished = succeeds(() -> {
                        commit(first, second, 2, half);
                        second.commit(2);
                    });

                    List<Row> seen = read(healthy);
                    if (nextHasCommitted && pause.isOver()) {
                        assertThat(seen).as("stopped before request %d", k).isEqualTo(rows(after));
                    } else {
                        assertThat(seen).as("stopped before request %d", k).isIn(rows(before), rows(half));
                    }
                    if (pause.isOver()) {
                        assertThat(succeeds(() -> commit(first, second, 3, before)))
                                .isFalse();
                        assertThat(succeeds(() -> second.commit(2))).isFalse();
                        assertThat(read(healthy)).isEqualTo(seen);
                    }
                }
            }
        }
    }

    /** A reader is stopped between any two requests, while writers put, commit and start again. */
    @Test
    void aReaderSeesOneCheckpointWhateverHappensMeanwhile() {
        boolean finished = false;
        for (int k = 1; !finished; k++) {
            String table = dynalite.newTable();
            try (SpeedStore healthy = store(dynalite.shared(), table)) {
                Writer first = writer(healthy, 0, Start.empty("run"));
                Writer second = writer(healthy, 1, Start.empty("run"));
                commit(first, second, 1, before);
                Pause pause = new Pause(() -> {
                    put(first, second, half);
                    commit(first, second, 2, half);
                    put(first, second, after);
                    commit(first, second, 3, after);
                    put(first, second, after);
                    Start next = Start.empty("next");
                    commit(writer(healthy, 0, next), writer(healthy, 1, next), 1, half);
                });
                try (DynamoDbClient client = dynalite.client(pause);
                        SpeedStore slow = DynamoSpeedStore.open(client, table, OPTIONS.withMaxAttempts(2))) {
                    pause.at(k);
                    assertThat(read(slow)).as("stopped before request %d", k).isIn(rows(before), rows(half));
                    finished = !pause.isOver();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void partitionsAreForgottenAsAWholeOrNotAtAll(boolean answerIsLost) {
        Instant cut = RandomOrders.partition(2);
        List<Row> kept = rows(
                after.stream().filter(slice -> !slice.partition().isBefore(cut)).toList());
        boolean finished = false;
        for (int k = 1; !finished; k++) {
            String table = dynalite.newTable();
            try (SpeedStore healthy = store(dynalite.shared(), table);
                    DynamoDbClient client = dynalite.client(new Faults(k, answerIsLost));
                    SpeedStore crashing = store(client, table)) {
                SpeedWrites.commit(healthy, VIEW, after);

                finished = succeeds(() -> crashing.forget(VIEW, cut));
                Contents contents = healthy.read(VIEW, Instant.MIN, TimeRange.all());
                assertThat(VIEW.rows(contents.slices()))
                        .as("after request %d", k)
                        .isEqualTo(contents.forgottenBefore().equals(cut) ? kept : rows(after));

                healthy.forget(VIEW, cut);
                assertThat(read(healthy)).isEqualTo(kept);
            }
        }
    }

    private static boolean succeeds(Runnable work) {
        try {
            work.run();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
