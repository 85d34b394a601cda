package io.tributary.serving.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.RequiresNode;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.serving.LambdaTheorem;
import io.tributary.serving.SpeedStoreContract;
import io.tributary.view.IngestSlice;
import io.tributary.view.Measure;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;

@RequiresNode
class DynamoSpeedStoreIT extends SpeedStoreContract {
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

    @Override
    protected SpeedStore open() {
        return DynamoSpeedStore.open(dynalite.shared(), dynalite.newTable(), OPTIONS);
    }

    private static List<EnrichedOrder> orders(int size) {
        return new RandomOrders(11, 3).list(size);
    }

    private static Contents read(SpeedStore store, View<?> view) {
        return store.read(view, Instant.MIN, TimeRange.all());
    }

    @Test
    void mergesAtEveryCutToOnePassOverAll() {
        for (long seed = 1; seed <= 3; seed++) {
            LambdaTheorem theorem = new LambdaTheorem(seed, 60);
            try (SpeedStore store = open()) {
                theorem.check(RetailViews.HOURLY_CATEGORY_SALES, store);
                theorem.check(RetailViews.TODAY_SALES, store);
                theorem.check(RetailViews.CUMULATIVE_DAILY_SALES, store);
                theorem.check(RetailViews.CATEGORY_SALES, store);
            }
        }
    }

    @Test
    void sharesItsTableWithOtherProcesses() {
        String table = dynalite.newTable();
        List<IngestSlice> slices = slices(VIEW, orders(100));
        try (SpeedStore one = DynamoSpeedStore.open(dynalite.shared(), table, OPTIONS);
                SpeedStore other = DynamoSpeedStore.factory(() -> dynalite.client(), table, OPTIONS.withShards(1))
                        .open()) {
            one.writer(VIEW, WriterId.only()).put(slices);
            other.writer(VIEW, WriterId.only()).put(slices(VIEW, orders(50)));

            assertThat(read(one, VIEW)).isEqualTo(read(other, VIEW));
        }
    }

    @Test
    void splitsALargeSliceOverSeveralItems() {
        View<EnrichedOrder> view = View.named("receipts")
                .over(EnrichedOrder.SCHEMA)
                .measure("receipts", Measure.distinct(EnrichedOrder.RECEIPT_NUM))
                .build();
        EnrichedOrder order = orders(1).get(0);
        try (SpeedStore store = open()) {
            Writer writer = store.writer(view, WriterId.only());
            for (int size : new int[] {2_000, 40, 1_000}) {
                List<EnrichedOrder> many = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    many.add(withReceipt(order, "0".repeat(600) + i));
                }
                List<IngestSlice> slices = slices(view, many);
                writer.put(slices);

                assertThat(read(store, view).slices())
                        .containsExactly(slices.get(0).slice());
            }
        }
    }

    private static EnrichedOrder withReceipt(EnrichedOrder order, String receipt) {
        return new EnrichedOrder(
                order.date(),
                order.hour(),
                order.storeCode(),
                order.storeName(),
                order.posNumber(),
                receipt,
                order.productCode(),
                order.quantity(),
                order.amount(),
                order.divisionCode(),
                order.divisionName(),
                order.mainCategoryCode(),
                order.mainCategoryName(),
                order.subCategoryCode(),
                order.subCategoryName(),
                order.productName(),
                order.privateBrand(),
                order.dateTime(),
                order.eventTime());
    }

    @Test
    void refusesASliceThatIsTooLarge() {
        try (SpeedStore store =
                DynamoSpeedStore.open(dynalite.shared(), dynalite.newTable(), OPTIONS.withMaxPartialBytes(20))) {
            Writer writer = store.writer(VIEW, WriterId.only());

            assertThatThrownBy(() -> writer.put(slices(VIEW, orders(1))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Cannot put slice ")
                    .hasMessageContaining(" of view hourly-category-sales: it has ")
                    .hasMessageEndingWith(
                            "(must have at most 20; raise maxPartialBytes, or count distinct values approximately)");
        }
    }

    @Test
    void refusesTheSlicesOfAnotherDefinitionOfTheView() {
        View<EnrichedOrder> other = View.named(VIEW.name())
                .over(EnrichedOrder.SCHEMA)
                .measure("orders", Measure.count())
                .build();
        try (SpeedStore store = open()) {
            store.writer(VIEW, WriterId.only()).put(slices(VIEW, orders(10)));

            assertThatThrownBy(() -> store.writer(other, WriterId.only()))
                    .hasMessageStartingWith("Cannot use view hourly-category-sales in table speed-")
                    .hasMessageEndingWith("(give the view another name)");
            assertThatThrownBy(() -> read(store, other)).hasMessageStartingWith("Cannot use view");
        }
    }

    @Test
    void tellsThatThereIsNoTable() {
        try (SpeedStore store = DynamoSpeedStore.open(dynalite.shared(), "no-such-table", OPTIONS)) {
            assertThatThrownBy(() -> read(store, VIEW))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Cannot read view hourly-category-sales from table no-such-table: ")
                    .hasMessageContaining("Request ID: ")
                    .hasMessageEndingWith(" (make table no-such-table by createTable)");
        }
    }

    @Test
    void tellsOfAPartitionThatHasExpired() {
        String table = dynalite.newTable();
        Instant late = NOW.plus(Duration.ofDays(2));
        DynamoOptions options = OPTIONS.withTimeToLive(Duration.ofDays(1));
        try (SpeedStore then = DynamoSpeedStore.open(dynalite.shared(), table, options, () -> NOW);
                SpeedStore now = DynamoSpeedStore.open(dynalite.shared(), table, options, () -> late)) {
            then.writer(VIEW, WriterId.only()).put(slices(VIEW, orders(100)));
            assertThat(read(then, VIEW).forgottenBefore()).isEqualTo(Instant.MIN);

            Contents contents = read(now, VIEW);
            assertThat(contents.slices()).isEmpty();
            assertThat(contents.forgottenBefore()).isAfter(RandomOrders.partition(2));
        }
    }

    /** Leaves items unprocessed, throttles and loses answers, so that a third of all batches is sent again. */
    @Test
    void sendsAgainWhatWasNotWritten() {
        AtomicInteger faults = new AtomicInteger();
        ExecutionInterceptor faulty = new ExecutionInterceptor() {
            @Override
            public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
                if (context.request() instanceof BatchWriteItemRequest request
                        && context.response() instanceof BatchWriteItemResponse response
                        && ThreadLocalRandom.current().nextInt(3) == 0) {
                    faults.incrementAndGet();
                    return response.toBuilder()
                            .unprocessedItems(request.requestItems())
                            .build();
                }
                return context.response();
            }

            @Override
            public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
                if (context.request() instanceof BatchWriteItemRequest
                        && ThreadLocalRandom.current().nextInt(5) == 0) {
                    faults.incrementAndGet();
                    throw SdkClientException.create("reset");
                }
            }
        };
        try (DynamoDbClient client = dynalite.client(faulty);
                SpeedStore store = DynamoSpeedStore.open(client, dynalite.newTable(), OPTIONS.withMaxAttempts(20))) {
            Writer writer = store.writer(VIEW, WriterId.only());
            for (int size = 20; size <= 200; size += 20) {
                List<IngestSlice> slices = slices(VIEW, orders(size));
                writer.put(slices);

                assertThat(VIEW.rows(read(store, VIEW).slices()))
                        .isEqualTo(VIEW.rows(
                                slices.stream().map(IngestSlice::slice).toList()));
            }
            assertThat(faults).hasPositiveValue();
        }
    }

    @Test
    void deletesWhatIsForgotten() {
        String table = dynalite.newTable();
        try (SpeedStore store = DynamoSpeedStore.open(dynalite.shared(), table, OPTIONS)) {
            store.writer(VIEW, WriterId.only()).put(slices(VIEW, orders(200)));

            store.forget(VIEW, RandomOrders.partition(3));

            assertThat(dynalite.shared().scan(b -> b.tableName(table)).items())
                    .singleElement()
                    .satisfies(item -> assertThat(item.get("sk").s()).isEqualTo("control"))
                    .satisfies(item -> assertThat(item.get("partitions").m()).isEmpty());
        }
    }

    @Test
    void keepsFewVersionsOfASlice() {
        String table = dynalite.newTable();
        List<IngestSlice> slices = slices(VIEW, orders(1));
        try (SpeedStore store = DynamoSpeedStore.open(dynalite.shared(), table, OPTIONS)) {
            Writer writer = store.writer(VIEW, WriterId.only());
            for (int put = 0; put < 10; put++) {
                writer.put(slices);
            }

            assertThat(dynalite.shared().scan(b -> b.tableName(table)).count()).isEqualTo(1 + OPTIONS.versions());
        }
    }

    /** A request without an answer may be carried out at any later time: what it writes must stand for ever. */
    @Test
    void writesNothingElseWhereALateRequestMayWrite() {
        String table = dynalite.newTable();
        List<IngestSlice> slices = slices(VIEW, orders(1));
        OneFault fault = new OneFault(true);
        try (DynamoDbClient client = dynalite.client(fault);
                SpeedStore store = DynamoSpeedStore.open(client, table, OPTIONS)) {
            Writer writer = store.writer(VIEW, WriterId.only());
            fault.arm(2);
            for (int put = 0; put < 10; put++) {
                writer.put(slices);
            }
        }

        assertThat(dynalite.shared().scan(b -> b.tableName(table)).items())
                .filteredOn(item -> item.containsKey("put"))
                .hasSize(1 + OPTIONS.versions())
                .anyMatch(item -> item.get("put").n().equals("1"));
    }

    @Test
    void showsWhatItsControlItemLooksLike() {
        String table = dynalite.newTable();
        try (SpeedStore store = DynamoSpeedStore.open(dynalite.shared(), table, OPTIONS, () -> NOW)) {
            List<IngestSlice> slices = slices(RetailViews.DAILY_SALES, orders(20));
            store.writer(RetailViews.DAILY_SALES, new WriterId(0, 2)).put(slices);
            Writer writer = store.writer(RetailViews.DAILY_SALES, new WriterId(0, 2));
            writer.put(slices);
            writer.put(slices);
            store.forget(RetailViews.DAILY_SALES, RandomOrders.partition(1));
        }

        Map<String, AttributeValue> item = dynalite.shared()
                .getItem(b -> b.tableName(table).key(ItemLayout.controlKey(RetailViews.DAILY_SALES)))
                .item();
        String owner = item.get("writer-0").m().get("owner").s();
        assertThat(text(AttributeValue.fromM(item)).replace(owner, "OWNER"))
                .isEqualTo("{definition=%s, epoch=2, forgotten=1694062800,"
                                .formatted(ItemLayout.digest(RetailViews.DAILY_SALES))
                        + " partitions={1694062800=1696654800, 1694066400=1696654800}, pk=daily-sales#control,"
                        + " shards=4, sk=control, writer-0={earlier={1={newest=1694066400, puts=1}}, epoch=2,"
                        + " newest=1694066400, owner=OWNER, puts=2}, writers=2}");
    }

    static String text(AttributeValue value) {
        return switch (value.type()) {
            case M -> {
                Map<String, String> texts = new TreeMap<>();
                value.m().forEach((name, of) -> texts.put(name, text(of)));
                yield texts.toString();
            }
            case N -> value.n();
            default -> value.s();
        };
    }
}
