package io.tributary.serving.dynamo;

import static io.tributary.serving.SpeedWrites.commit;
import static io.tributary.serving.SpeedWrites.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tributary.emulator.RequiresNode;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.IngestSlice;
import io.tributary.view.Row;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Partitions that somebody forgot, and those that have expired. */
@RequiresNode
class ForgettingIT {
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final DynamoOptions OPTIONS = DynamoOptions.defaults();
    private static final Instant NOW = Instant.parse("2023-09-07T05:00:00Z");

    private static Dynalite dynalite;

    @BeforeAll
    static void start() {
        dynalite = new Dynalite();
    }

    @AfterAll
    static void stop() {
        dynalite.close();
    }

    private static List<EnrichedOrder> orders(int size) {
        return new RandomOrders(11, 3).list(size);
    }

    private static Contents read(SpeedStore store, View<?> view) {
        return store.read(view, Instant.MIN, TimeRange.all());
    }

    @Test
    void deletesWhatIsForgotten() {
        String table = dynalite.newTable();
        try (SpeedStore store = DynamoSpeedStore.open(dynalite.shared(), table, OPTIONS)) {
            commit(store, VIEW, slices(VIEW, orders(200)));

            store.forget(VIEW, RandomOrders.partition(3));

            assertThat(dynalite.shared().scan(b -> b.tableName(table)).items())
                    .singleElement()
                    .satisfies(item -> assertThat(item.get("sk").s()).isEqualTo("control"))
                    .satisfies(item -> assertThat(item.get("partitions").m()).isEmpty());
        }
    }

    @Test
    void tellsOfAPartitionThatHasExpired() {
        String table = dynalite.newTable();
        Instant late = NOW.plus(Duration.ofDays(2));
        DynamoOptions options = OPTIONS.withTimeToLive(Duration.ofDays(1));
        try (SpeedStore then = DynamoSpeedStore.open(dynalite.shared(), table, options, () -> NOW);
                SpeedStore now = DynamoSpeedStore.open(dynalite.shared(), table, options, () -> late)) {
            commit(then, VIEW, slices(VIEW, orders(100)));
            assertThat(read(then, VIEW).forgottenBefore()).isEqualTo(Instant.MIN);

            Contents contents = read(now, VIEW);
            assertThat(contents.slices()).isEmpty();
            assertThat(contents.forgottenBefore()).isAfter(RandomOrders.partition(2));
        }
    }

    /** The control item would otherwise grow with every partition that there ever was. */
    @Test
    void dropsPartitionsThatHaveExpired() {
        String table = dynalite.newTable();
        Instant late = NOW.plus(Duration.ofDays(2));
        DynamoOptions options = OPTIONS.withTimeToLive(Duration.ofDays(1));
        List<IngestSlice> old = slices(VIEW, orders(100));
        List<IngestSlice> fresh =
                List.of(new IngestSlice(RandomOrders.partition(3), old.get(0).slice()));
        try (SpeedStore then = DynamoSpeedStore.open(dynalite.shared(), table, options, () -> NOW);
                SpeedStore now = DynamoSpeedStore.open(dynalite.shared(), table, options, () -> late)) {
            commit(then, VIEW, old);
            commit(now, VIEW, fresh);

            assertThat(dynalite.shared().scan(b -> b.tableName(table)).items())
                    .filteredOn(item -> item.get("sk").s().equals("control"))
                    .singleElement()
                    .satisfies(item -> assertThat(item.get("partitions").m())
                            .containsOnlyKeys(
                                    Long.toString(RandomOrders.partition(3).getEpochSecond())));
            Contents contents = read(then, VIEW);
            assertThat(contents.slices()).containsExactly(old.get(0).slice());
            assertThat(contents.forgottenBefore()).isBetween(RandomOrders.partition(2), RandomOrders.partition(3));
        }
    }

    /** A writer that went on for long does not know any more where the old slices are. */
    @Test
    void whatComesLateIntoAPartitionAtRestIsShownWithItsCommit() {
        String table = dynalite.newTable();
        try (SpeedStore store = DynamoSpeedStore.open(dynalite.shared(), table, OPTIONS)) {
            List<IngestSlice> old = slices(VIEW, orders(6));
            SpeedStore.Writer writer = commit(store, VIEW, old);
            IngestSlice other =
                    new IngestSlice(RandomOrders.partition(5), old.get(0).slice());
            int checkpoint = 2;
            for (; checkpoint < 110; checkpoint++) {
                commit(writer, checkpoint, List.of(other));
            }
            List<Row> before = VIEW.rows(read(store, VIEW).slices());
            List<IngestSlice> late = slices(VIEW, orders(9));
            writer.put(late);
            writer.prepare(checkpoint);
            assertThat(VIEW.rows(read(store, VIEW).slices())).isEqualTo(before);
            writer.commit(checkpoint);

            Slices<EnrichedOrder> expected = VIEW.slices();
            expected.addAll(orders(9));
            expected.mergeAll(List.of(other.slice()));
            assertThat(VIEW.rows(read(store, VIEW).slices())).isEqualTo(VIEW.rows(expected.toList()));
        }
    }

    @Test
    void refusesMorePartitionsThanAnItemHolds() {
        String table = dynalite.newTable();
        try (SpeedStore store = DynamoSpeedStore.open(dynalite.shared(), table, OPTIONS)) {
            SlicePartial slice = slices(VIEW, orders(1)).get(0).slice();
            List<IngestSlice> many = IntStream.rangeClosed(0, ControlItem.MOST_PARTITIONS)
                    .mapToObj(minute -> new IngestSlice(NOW.plus(Duration.ofMinutes(minute)), slice))
                    .toList();
            assertThatIllegalStateException()
                    .isThrownBy(() -> commit(store, VIEW, many))
                    .withMessage(
                            "Cannot keep 15001 ingest partitions of view hourly-category-sales in table %s (at most 15000; forget those that batch views cover, or shorten timeToLive)",
                            table);
        }
    }
}
