package io.tributary.serving.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.RequiresNode;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.serving.SpeedStoreContract;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    private final List<IngestSlice> before = SpeedStoreContract.slices(VIEW, orders.subList(0, 20));
    private final List<IngestSlice> half = SpeedStoreContract.slices(VIEW, orders.subList(0, 40));
    private final List<IngestSlice> after = SpeedStoreContract.slices(VIEW, orders);

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

    private record Address(Instant partition, SliceKey key) {}

    private static List<IngestSlice> over(List<IngestSlice> old, List<IngestSlice> replacing) {
        Map<Address, IngestSlice> slices = new HashMap<>();
        Stream.of(old, replacing)
                .flatMap(List::stream)
                .forEach(slice ->
                        slices.put(new Address(slice.partition(), slice.slice().key()), slice));
        return List.copyOf(slices.values());
    }

    private static List<Row> read(SpeedStore store) {
        List<SlicePartial> slices =
                store.read(VIEW, Instant.MIN, TimeRange.all()).slices();
        return VIEW.rows(slices);
    }

    private static SpeedStore store(DynamoDbClient client, String table) {
        return DynamoSpeedStore.open(client, table, OPTIONS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPutIsSeenAsAWholeOrNotAtAll(boolean answerIsLost) {
        boolean finished = false;
        for (int k = 1; !finished; k++) {
            String table = dynalite.newTable();
            Faults faults = new Faults(k, answerIsLost);
            try (SpeedStore healthy = store(dynalite.shared(), table);
                    DynamoDbClient client = dynalite.client(faults);
                    SpeedStore crashing = store(client, table)) {
                healthy.writer(VIEW, WriterId.only()).put(before);

                finished = succeeds(() -> {
                    Writer writer = crashing.writer(VIEW, WriterId.only());
                    writer.put(half);
                    writer.put(after);
                });
                assertThat(read(healthy)).as("after request %d", k).isIn(rows(before), rows(half), rows(after));

                List<Row> seen = read(healthy);

                Writer next = healthy.writer(VIEW, WriterId.only());
                assertThat(read(healthy)).as("opened after request %d", k).isEqualTo(seen);
                next.put(half);
                assertThat(read(healthy))
                        .as("put after request %d", k)
                        .isEqualTo(seen.equals(rows(after)) ? rows(over(after, half)) : rows(half));
                next.put(after);
                assertThat(read(healthy)).isEqualTo(rows(after));
            }
        }
    }

    /** What fails in the same process is put again by the same writer. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWriterGoesOnAfterAFailure(boolean answerIsLost) {
        boolean finished = false;
        for (int k = 1; !finished; k++) {
            OneFault fault = new OneFault(answerIsLost);
            String table = dynalite.newTable();
            try (DynamoDbClient client = dynalite.client(fault);
                    SpeedStore store = store(client, table);
                    SpeedStore reader = store(dynalite.shared(), table)) {
                Writer writer = store.writer(VIEW, WriterId.only());
                writer.put(before);
                fault.arm(k);
                finished = succeeds(() -> writer.put(half));
                assertThat(read(reader)).as("failed at request %d", k).isIn(rows(before), rows(half));
                fault.arm(Integer.MAX_VALUE);

                writer.put(after.subList(0, after.size() / 2));
                writer.put(after);
                assertThat(read(reader)).as("went on after request %d", k).isEqualTo(rows(after));
            }
        }
    }

    /** A writer is replaced between any two requests of its put, which it then ends. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStaleWriterChangesNothingWhereverItWasStopped(boolean nextHasPut) {
        boolean finished = false;
        for (int k = 1; !finished; k++) {
            String table = dynalite.newTable();
            try (SpeedStore healthy = store(dynalite.shared(), table)) {
                int request = k;
                Pause pause = new Pause(() -> {
                    Writer next = healthy.writer(VIEW, WriterId.only());
                    if (nextHasPut) {
                        next.put(after);
                    }
                });
                try (DynamoDbClient client = dynalite.client(pause);
                        SpeedStore slow = store(client, table)) {
                    Writer stale = slow.writer(VIEW, WriterId.only());
                    stale.put(before);
                    pause.at(request);
                    finished = succeeds(() -> stale.put(half));

                    if (!finished) {
                        assertThat(read(healthy))
                                .as("stopped before request %d", k)
                                .isEqualTo(nextHasPut ? rows(after) : rows(before));
                        assertThatThrownBy(() -> stale.put(half)).isInstanceOf(StaleWriterException.class);
                        assertThat(read(healthy)).isEqualTo(nextHasPut ? rows(after) : rows(before));
                    }
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
                healthy.writer(VIEW, WriterId.only()).put(after);

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
