package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.emulator.RequiresNode;
import io.tributary.enrich.Entry;
import io.tributary.enrich.Lookup;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@RequiresNode
class DynamoLookupIT {
    private static final Column<Entry, String> KEY = Column.text("key", Entry::key);
    private static final DynamoItems<Entry> ITEMS =
            DynamoItems.of(Schema.of("entries", Entry.class, KEY, Column.text("name", Entry::name)), KEY);

    private static DynamoDbAsyncClient client;
    private static DynamoTable<Entry> table;

    @BeforeAll
    static void fill() {
        client = Dynalite.client();
        table = Dynalite.create(client, ITEMS);
        try (DynamoWriter<Entry> writer = table.writer()) {
            writer.writeAll(Entry.ALL);
        }
    }

    @AfterAll
    static void close() {
        client.close();
    }

    private static Lookup<String, Entry> lookup() {
        return table.lookup();
    }

    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return Entry.contract(DynamoLookupIT::lookup);
    }

    @Test
    void knowsWithoutAskingThatNoItemHasAnImpossibleKey() {
        for (String impossible : List.of("", "x".repeat(2049))) {
            assertThat(lookup().find(impossible)).isEmpty();
            assertThat(lookup().findAll(List.of(impossible))).isEmpty();
        }
    }

    @Test
    void namesKeyFieldAndValueOfAnItemThatIsNoRecord() {
        DynamoTable<Part> parts = Dynalite.create(client, Part.ITEMS);
        client.putItem(put -> put.tableName(parts.name())
                        .item(Map.of(
                                "code", AttributeValue.fromS("0012"),
                                "pieces", AttributeValue.fromN("3"),
                                "loose", AttributeValue.fromS("maybe"))))
                .join();
        String reason = "Cannot read item 0012 of table %s: loose: maybe: must be Y or N".formatted(parts.name());

        assertThatThrownBy(() -> parts.lookup().find("0012"))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        e -> assertThat(e.isWorthRetrying()).isFalse())
                .hasMessage(reason);
        assertThatThrownBy(() -> parts.lookup().findAll(List.of("0012", "0013")))
                .isInstanceOf(DynamoException.class)
                .hasMessage("Cannot read 2 items of table %s: item 0012: loose: maybe: must be Y or N", parts.name());
        assertThat(parts.lookup().findAsync("0012"))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining(reason);
    }

    @Test
    void saysThatThereIsNoSuchTableOrOneOfAnotherKey() {
        DynamoTable<Entry> none = DynamoTable.of(client, "none_such", ITEMS);
        assertThatThrownBy(() -> none.lookup().find("1"))
                .isInstanceOfSatisfying(DynamoException.class, e -> {
                    assertThat(e.isWorthRetrying()).isFalse();
                    assertThat(e.requestId()).isPresent();
                })
                .hasMessageStartingWith("Cannot read item 1 of table none_such: there is none of that name (check the");
        assertThatThrownBy(() -> none.lookup().findAll(List.of("1")))
                .hasMessageStartingWith("Cannot read 1 items of table none_such: there is none of that name");

        DynamoTable<Part> parts = Dynalite.create(client, Part.ITEMS);
        assertThatThrownBy(() ->
                        DynamoTable.of(client, parts.name(), ITEMS).lookup().find("1"))
                .isInstanceOf(DynamoException.class)
                .hasMessageContaining("(the table's key must be key alone; name another table)");
    }

    @Test
    void findsAllKeysOfABusyServiceOnABadNetwork() throws Exception {
        List<String> keys = IntStream.range(0, 2_000)
                .mapToObj(i -> i < Entry.ALL.size() ? Entry.ALL.get(i).key() : "unknown" + i)
                .toList();
        try (FaultyDynamoDb faulty = new FaultyDynamoDb(Dynalite.endpoint(), FaultyDynamoDb.Faults.ALL);
                DynamoDbAsyncClient impatient = Dynalite.impatientClient(faulty.endpoint())) {
            Map<String, Entry> found = DynamoTable.of(impatient, table.name(), ITEMS)
                    .with(DynamoTableOptions.defaults()
                            .withRequestsInFlight(4)
                            .withAttempts(50)
                            .withPauses(Duration.ofMillis(1), Duration.ofMillis(20)))
                    .lookup()
                    .findAll(keys);

            assertThat(faulty.injected()).isGreaterThan(100);
            assertThat(faulty.mostRequestsAtATime()).isGreaterThan(1);
            assertThat(found).hasSize(Entry.ALL.size());
            Entry.ALL.forEach(entry -> assertThat(found.get(entry.key())).isEqualTo(entry));
        }
    }
}
