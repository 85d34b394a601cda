package io.tributary.serving.dynamo;

import static io.tributary.serving.SpeedWrites.commit;
import static io.tributary.serving.SpeedWrites.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.RequiresNode;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.serving.LambdaTheorem;
import io.tributary.testing.Promises;
import io.tributary.testing.SpeedStoreContract;
import io.tributary.view.IngestSlice;
import io.tributary.view.Measure;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Checkpoint;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.State;
import io.tributary.view.SpeedStore.Writer;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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
class DynamoSpeedStoreIT {
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

    private static SpeedStore open() {
        return DynamoSpeedStore.open(dynalite.shared(), dynalite.newTable(), OPTIONS);
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return Promises.of(SpeedStoreContract.of(DynamoSpeedStoreIT::open));
    }

    @Test
    void tellsHowManyWritersHavePreparedACheckpoint() {
        try (SpeedStore store = open()) {
            Writer writer = store.writer(VIEW, new WriterId(0, 3), Start.empty("run"));
            writer.prepare(2);

            assertThatThrownBy(() -> writer.commit(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Cannot commit checkpoint 2 of view %s: 1 of 3 writers have prepared it"
                                    .formatted(VIEW.name())
                            + " (commit it when all have)");
        }
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
            commit(one, VIEW, slices);
            commit(other, VIEW, slices(VIEW, orders(50)));

            Slices<EnrichedOrder> fold = VIEW.slices();
            fold.addAll(orders(50));
            for (SpeedStore store : List.of(one, other)) {
                assertThat(VIEW.rows(read(store, VIEW).slices())).isEqualTo(VIEW.rows(fold.toList()));
            }
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
            Writer writer = store.writer(view, WriterId.only(), Start.empty("run"));
            long checkpoint = 0;
            for (int size : new int[] {2_000, 40, 1_000}) {
                List<EnrichedOrder> many = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    many.add(RandomOrders.withReceipt(order, "0".repeat(600) + i));
                }
                List<IngestSlice> slices = slices(view, many);
                checkpoint++;
                commit(writer, checkpoint, slices);

                assertThat(read(store, view).slices())
                        .containsExactly(slices.get(0).slice());
            }
        }
    }

    /** A put that did not come to its end, such as that of a task that was killed. */
    @Test
    void provisionallyTheLastThatWasPutAsAWholeIsShown() {
        View<EnrichedOrder> view = View.named("receipts")
                .over(EnrichedOrder.SCHEMA)
                .measure("receipts", Measure.distinct(EnrichedOrder.RECEIPT_NUM))
                .build();
        EnrichedOrder order = orders(1).get(0);
        List<EnrichedOrder> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(RandomOrders.withReceipt(order, "0".repeat(600) + i));
        }
        List<IngestSlice> committed = slices(view, many.subList(0, 900));
        String table = dynalite.newTable();
        try (SpeedStore store = DynamoSpeedStore.open(dynalite.shared(), table, OPTIONS)) {
            Writer writer = store.writer(view, WriterId.only(), Start.empty("run"));
            commit(writer, 1, committed);
            writer.put(slices(view, many));
            Map<String, AttributeValue> torn = dynalite.shared().scan(b -> b.tableName(table)).items().stream()
                    .filter(item -> item.get("sk").s().endsWith("#1"))
                    .max(Comparator.comparing(
                            item -> Long.parseLong(item.get("put").n())))
                    .orElseThrow();
            dynalite.shared()
                    .deleteItem(b -> b.tableName(table).key(Map.of("pk", torn.get("pk"), "sk", torn.get("sk"))));

            assertThat(store.read(view, Instant.MIN, TimeRange.all(), State.PROVISIONAL)
                            .slices())
                    .containsExactly(committed.get(0).slice());
            assertThat(read(store, view).slices())
                    .containsExactly(committed.get(0).slice());
        }
    }

    @Test
    void refusesASliceThatIsTooLarge() {
        try (SpeedStore store =
                DynamoSpeedStore.open(dynalite.shared(), dynalite.newTable(), OPTIONS.withMaxPartialBytes(20))) {
            Writer writer = store.writer(VIEW, WriterId.only(), Start.empty("run"));

            assertThatThrownBy(() -> writer.put(slices(VIEW, orders(1))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Cannot put a slice ")
                    .hasMessageContaining(" of view hourly-category-sales: it has ")
                    .hasMessageEndingWith(
                            "(must have at most 20; raise maxPartialBytes, or count distinct values approximately)");
            assertThatThrownBy(() -> writer.prepare(1))
                    .hasMessageContaining("this writer failed before (open another one)");
        }
    }

    @Test
    void refusesTheSlicesOfAnotherDefinitionOfTheView() {
        View<EnrichedOrder> other = View.named(VIEW.name())
                .over(EnrichedOrder.SCHEMA)
                .measure("orders", Measure.count())
                .build();
        try (SpeedStore store = open()) {
            commit(store, VIEW, slices(VIEW, orders(10)));

            assertThatThrownBy(() -> store.writer(other, WriterId.only(), Start.empty("run")))
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
                    .hasMessageContaining("status 400, request ")
                    .hasMessageEndingWith(" (make table no-such-table by createTable)");
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
            Writer writer = store.writer(VIEW, WriterId.only(), Start.empty("run"));
            for (int size = 20; size <= 200; size += 20) {
                List<IngestSlice> slices = slices(VIEW, orders(size));
                writer.put(slices(VIEW, orders(size - 10)));
                commit(writer, size, slices);

                assertThat(VIEW.rows(read(store, VIEW).slices()))
                        .isEqualTo(VIEW.rows(
                                slices.stream().map(IngestSlice::slice).toList()));
            }
            assertThat(faults).hasPositiveValue();
            assertThat(store.retries()).isPositive();
        }
    }

    /** However often it is put; those of two checkpoints stay for readers, and one of a checkpoint that failed. */
    @Test
    void keepsFewVersionsOfASlice() {
        String table = dynalite.newTable();
        List<IngestSlice> slices = slices(VIEW, orders(1));
        try (SpeedStore store = DynamoSpeedStore.open(dynalite.shared(), table, OPTIONS)) {
            Writer writer = store.writer(VIEW, WriterId.only(), Start.empty("run"));
            for (int checkpoint = 1; checkpoint < 6; checkpoint++) {
                for (int put = 0; put < 10; put++) {
                    writer.put(slices);
                }
                writer.prepare(checkpoint);
                if (checkpoint != 3) {
                    writer.commit(checkpoint);
                }
            }

            assertThat(dynalite.shared().scan(b -> b.tableName(table)).count()).isEqualTo(1 + OPTIONS.versions() + 1);
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
            Writer writer = store.writer(VIEW, WriterId.only(), Start.empty("run"));
            fault.arm(2);
            for (int put = 0; put < 10; put++) {
                writer.put(slices);
            }
        }

        assertThat(dynalite.shared().scan(b -> b.tableName(table)).items())
                .filteredOn(item -> item.containsKey("put"))
                .extracting(item -> item.get("put").n())
                .containsExactlyInAnyOrder("1", "10");
    }

    @Test
    void goesNoFurtherAfterAPutThatFailed() {
        String table = dynalite.newTable();
        OneFault fault = new OneFault(false);
        try (DynamoDbClient client = dynalite.client(fault);
                SpeedStore store = DynamoSpeedStore.open(client, table, OPTIONS.withMaxAttempts(1))) {
            Writer writer = commit(store, VIEW, slices(VIEW, orders(10)));
            fault.arm(1);
            assertThatThrownBy(() -> writer.put(slices(VIEW, orders(20)))).hasMessageStartingWith("Cannot put");

            assertThatThrownBy(() -> writer.prepare(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot prepare checkpoint 2 of view %s in table %s: this writer failed before"
                                    .formatted(VIEW.name(), table)
                            + " (open another one)");
        }
    }

    @Test
    void showsWhatItsControlItemLooksLike() {
        String table = dynalite.newTable();
        View<EnrichedOrder> view = RetailViews.DAILY_SALES;
        try (SpeedStore store = DynamoSpeedStore.open(dynalite.shared(), table, OPTIONS, () -> NOW)) {
            List<IngestSlice> slices = slices(view, orders(20));
            Writer before = commit(store, view, slices);
            Start start = Start.resuming("run", new Checkpoint(before.generation(), 1), RandomOrders.partition(1));
            Writer first = store.writer(view, new WriterId(0, 2), start);
            Writer second = store.writer(view, new WriterId(1, 2), start);
            first.put(slices);
            first.prepare(2);
            second.prepare(2);
            second.commit(2);
            first.put(slices);
            first.prepare(3);
        }

        Map<String, AttributeValue> item = dynalite.shared()
                .getItem(b -> b.tableName(table).key(ItemLayout.controlKey(view)))
                .item();
        assertThat(text(AttributeValue.fromM(item)).replaceAll("owner=[0-9a-f-]+", "owner=OWNER"))
                .isEqualTo(
                        "{commits=2, definition=%s, epoch=3, first=1694062800,".formatted(view.definitionDigest())
                                + " generation=2, layers=[{at=1694062800, checkpoint=2, first=1694062800, generation=2,"
                                + " shown=[2:1:1694066400, 3:0:]},"
                                + " {at=1694062800, checkpoint=1, first=-31557014167219200, generation=1,"
                                + " shown=[1:1:1694066400]}],"
                                + " partitions={1694059200=1696654800, 1694062800=1696654800, 1694066400=1696654800},"
                                + " pk=daily-sales#control, prepared-3=[2:2:1694066400], run=run,"
                                + " seats={0={epoch=2, owner=OWNER}, 1={epoch=3, owner=OWNER}}, shards=4, sk=control, writers=2}");
    }

    static String text(AttributeValue value) {
        return switch (value.type()) {
            case M -> {
                Map<String, String> texts = new TreeMap<>();
                value.m().forEach((name, of) -> texts.put(name, text(of)));
                yield texts.toString();
            }
            case L -> value.l().stream().map(element -> text(element)).toList().toString();
            case SS -> value.ss().stream().sorted().toList().toString();
            case N -> value.n();
            default -> value.s();
        };
    }
}
