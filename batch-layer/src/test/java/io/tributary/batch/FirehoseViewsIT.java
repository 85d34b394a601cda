package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.batch.lake.Lakes;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.codec.JsonLines;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.view.BatchView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Firehose delivers by its own clock is answered on the side of each cut that the event time says. */
class FirehoseViewsIT {
    private static final int HOURS = 5;
    private static final Duration LAG = Duration.ofMinutes(15);
    private static final String REASON = "delivered by Firehose: at least once, cut by event_time with a lag of PT15M";
    private static final List<EnrichedOrder> ORDERS = new RandomOrders(11, HOURS).list(2_000);
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_SALES;

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

    /** An hour after the last order. */
    private static FirehoseDelivery<EnrichedOrder> delivery() {
        return FirehoseDelivery.cutBy(EnrichedOrder.EVENT_TIME).withClock(() -> RandomOrders.partition(HOURS + 1));
    }

    private LocalLake<EnrichedOrder> lake() {
        return Lakes.orders(root);
    }

    private List<EnrichedOrder> deliver(int oneInTwice) throws IOException {
        return new FirehoseStream(root, Lakes.LAYOUT, LAG, 3).deliver(ORDERS, oneInTwice);
    }

    private static List<SlicePartial> fold(View<EnrichedOrder> view, List<EnrichedOrder> orders, Instant cut) {
        Slices<EnrichedOrder> slices = view.slices();
        orders.stream().filter(order -> order.eventTime().isBefore(cut)).forEach(slices::add);
        return slices.toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void everyCutHasTheOrdersThatWereSentBeforeIt(int oneInTwice) throws IOException {
        List<EnrichedOrder> delivered = deliver(oneInTwice);
        // The partitions of Firehose are not those of the event time, or this would show nothing.
        assertThat(strangers()).isGreaterThan(50);
        for (int hour = 1; hour <= HOURS; hour++) {
            Instant cut = RandomOrders.partition(hour);
            List<BatchView> built = BatchViews.on(engine, lake(), delivery()).buildAll(RetailViews.all(), cut);
            for (int i = 0; i < built.size(); i++) {
                View<EnrichedOrder> view = RetailViews.all().get(i);
                assertThat(built.get(i).slices())
                        .as("%s before %s", view.name(), cut)
                        .containsExactlyInAnyOrderElementsOf(fold(view, delivered, cut));
                assertThat(built.get(i).approximate()).isEqualTo(REASON);
                assertThat(built.get(i).holes()).isEmpty();
            }
            assertThat(Set.copyOf(built.get(0).slices())
                            .equals(Set.copyOf(fold(RetailViews.all().get(0), ORDERS, cut))))
                    .as("whether it is exact")
                    .isEqualTo(oneInTwice == 0);
        }
    }

    private long strangers() throws IOException {
        long strangers = 0;
        for (var partition : lake().visible(Instant.MAX).entrySet()) {
            for (String file : partition.getValue().keySet()) {
                Path path = root.resolve(partition.getKey().path()).resolve(file);
                for (String line : Files.readAllLines(path)) {
                    Instant sent = JsonLines.of(EnrichedOrder.SCHEMA)
                            .decode(line.getBytes(StandardCharsets.UTF_8))
                            .orElseThrow()
                            .eventTime();
                    strangers += partition.getKey().contains(sent) ? 0 : 1;
                }
            }
        }
        return strangers;
    }

    @Test
    void whatComesAfterTheLagIsMissedAndARefreshFindsIt() throws IOException {
        deliver(0);
        Instant cut = RandomOrders.partition(2);
        FirehoseDelivery<EnrichedOrder> hasty = delivery().withLag(Duration.ZERO);
        BatchViewSnapshot first = BatchViews.on(engine, lake(), hasty).rebuild(VIEW, cut);
        assertThat(first.batch().approximate())
                .isEqualTo("delivered by Firehose: at least once, cut by event_time with a lag of PT0S");
        assertThat(Set.copyOf(first.batch().slices())).isNotEqualTo(Set.copyOf(fold(VIEW, ORDERS, cut)));
        BatchViewSnapshot second = BatchViews.on(engine, lake(), delivery())
                .refreshAll(Map.of(VIEW, first), cut)
                .get(0);
        assertThat(second.batch().slices()).containsExactlyInAnyOrderElementsOf(fold(VIEW, ORDERS, cut));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> BatchViews.on(engine, lake()).refresh(VIEW, second, cut))
                .withMessage(
                        "Cannot refresh view hourly-sales: its snapshot up to %s is approximate, %s (rebuild it)",
                        cut, REASON);
    }

    @Test
    void takesTheCutForWhichTheLagIsOver() throws IOException {
        deliver(0);
        FirehoseDelivery<EnrichedOrder> early =
                delivery().withClock(() -> RandomOrders.partition(2).plus(LAG).minusNanos(1));
        BatchViews<EnrichedOrder> views = BatchViews.on(engine, lake(), early);
        assertThat(views.newestCut()).contains(RandomOrders.partition(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> views.build(VIEW, RandomOrders.partition(2)))
                .withMessage("Invalid cut: 2023-09-07T06:00:00Z (records before it may be in Firehose's buffers until"
                        + " 2023-09-07T06:15:00Z; take 2023-09-07T05:00:00Z or an earlier one)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> views.build(VIEW, RandomOrders.partition(1).plusSeconds(1)))
                .withMessageStartingWith("Invalid cut: 2023-09-07T05:00:01Z (must be a boundary of partitions");
    }

    @Test
    void anEmptyLakeIsAHole() throws IOException {
        BatchView built = BatchViews.on(engine, lake(), delivery()).build(VIEW, RandomOrders.partition(1));
        assertThat(built.holes()).extracting(BatchView.Hole::reason).containsExactly("nothing is delivered there");
        assertThat(built.approximate()).isEqualTo(REASON);
    }

    @Test
    void aRecordWithoutEventTimeIsRefused() throws IOException {
        deliver(0);
        Path directory = root.resolve(Lakes.LAYOUT.path(RandomOrders.FIRST_PARTITION));
        Files.writeString(directory.resolve("bad"), "{\"tr_date\":\"2015-01-01\"}\n");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> BatchViews.on(engine, lake(), delivery()).build(VIEW, RandomOrders.partition(1)))
                .withMessageStartingWith(
                        "Cannot place what Firehose delivered on a side of 2023-09-07T05:00:00Z: it has");
    }

    @Test
    void refusesALagThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> delivery().withLag(Duration.ofSeconds(-1)))
                .withMessage("Invalid lag of a delivery: PT-1S (must be from PT0S to PT168H)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FirehoseDelivery.cutBy(EnrichedOrder.EVENT_TIME.optional()))
                .withMessage("Invalid event time of a delivery: event_time is optional (must be a required column)");
    }
}
