package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.emulator.RequiresNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

@RequiresNode
class DynamoWriterIT {
    private static final DynamoTableOptions QUICK = DynamoTableOptions.defaults()
            .withRequestsInFlight(4)
            .withPauses(Duration.ofMillis(1), Duration.ofMillis(20));

    private static DynamoDbAsyncClient client;

    @BeforeAll
    static void connect() {
        client = Dynalite.client();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    private static List<Part> parts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Part.named("%06d".formatted(i), "나사 " + i))
                .toList();
    }

    /** All that the table holds, read as an application with the SDK's enhanced client would. */
    private static List<Part> contents(DynamoTable<Part> table) {
        Queue<Part> found = new ConcurrentLinkedQueue<>();
        DynamoDbEnhancedAsyncClient.builder()
                .dynamoDbClient(client)
                .build()
                .table(table.name(), Part.ITEMS.tableSchema())
                .scan()
                .items()
                .subscribe(found::add)
                .join();
        return List.copyOf(found);
    }

    @Test
    void writesAwkwardTextAsItIs() {
        List<Part> awkward = Stream.of(
                        "담배, \"말보로\" 🚬",
                        "<script>alert('x')</script> & \\ / %",
                        "line\nbreak\tand \u0001",
                        " spaces ",
                        "한글 조합 \u1112\u1161\u11ab",
                        "👨‍👩‍👧‍👦",
                        "'; DROP TABLE parts; --",
                        "NULL")
                .map(name -> Part.named("0" + name, name))
                .toList();
        DynamoTable<Part> table = Dynalite.create(client, Part.ITEMS);
        try (DynamoWriter<Part> writer = table.writer()) {
            writer.writeAll(awkward);
            writer.write(Part.full("000001"));
            writer.write(Part.full("1"));
        }
        for (Part part : awkward) {
            assertThat(table.lookup().find(part.code())).contains(part);
        }
        assertThat(table.lookup().findAll(List.of("000001", "1", "01")))
                .containsOnly(Map.entry("000001", Part.full("000001")), Map.entry("1", Part.full("1")));
    }

    @Test
    void writesInBatchesTellsHowItGetsOnAndChangesNothingTheSecondTime() {
        DynamoTable<Part> table = Dynalite.create(client, Part.ITEMS);
        List<Part> parts = parts(1_010);
        for (int round = 0; round < 2; round++) {
            List<Long> progress = new ArrayList<>();
            try (DynamoWriter<Part> writer = table.writer(progress::add)) {
                writer.writeAll(parts);
                assertThat(writer.written()).isEqualTo(1_010);
            }
            assertThat(progress)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSizeGreaterThan(5)
                    .endsWith(1_010L);
            assertThat(contents(table)).containsExactlyInAnyOrderElementsOf(parts);
        }
    }

    @Test
    void sendsSeveralRequestsAtATimeButNoMoreThanTold() throws Exception {
        DynamoTable<Part> table = Dynalite.create(client, Part.ITEMS);
        try (FaultyDynamoDb proxy = new FaultyDynamoDb(Dynalite.endpoint(), FaultyDynamoDb.Faults.NONE);
                DynamoDbAsyncClient alone = Dynalite.client(proxy.endpoint());
                DynamoWriter<Part> writer = DynamoTable.of(alone, table.name(), Part.ITEMS)
                        .with(QUICK.withRequestsInFlight(3))
                        .writer()) {
            writer.writeAll(parts(1_000));
            assertThat(proxy.mostRequestsAtATime()).isBetween(2, 3);
        }
    }

    @Test
    void keepsTheLastRecordOfAKeyWithinABatchAndAcrossBatches() {
        DynamoTable<Part> table = Dynalite.create(client, Part.ITEMS);
        try (DynamoWriter<Part> writer = table.writer()) {
            for (int i = 0; i < 600; i++) {
                writer.write(Part.named("k" + i % 40, "name " + i));
                writer.write(Part.named("same", "name " + i));
            }
        }
        assertThat(contents(table)).hasSize(41);
        assertThat(table.lookup().find("same")).contains(Part.named("same", "name 599"));
        for (int i = 0; i < 40; i++) {
            assertThat(table.lookup().find("k" + i)).contains(Part.named("k" + i, "name " + (560 + i)));
        }
    }

    @Test
    void fitsLargeItemsIntoRequests() {
        DynamoTable<Part> table = Dynalite.create(client, Part.ITEMS);
        String name = "\"".repeat(400_000);
        List<String> keys = IntStream.range(0, 22).mapToObj(i -> "k" + i).toList();
        try (DynamoWriter<Part> writer =
                table.with(QUICK.withRequestsInFlight(1)).writer()) {
            keys.forEach(key -> writer.write(Part.named(key, name)));
        }
        assertThat(table.lookup().findAll(keys)).hasSize(22);
    }

    @Test
    void goesOnAfterARecordThatNoItemCanHold() {
        DynamoTable<Part> table = Dynalite.create(client, Part.ITEMS);
        try (DynamoWriter<Part> writer = table.writer()) {
            writer.write(Part.named("a", "1"));
            assertThatThrownBy(() -> writer.write(Part.named("", "2"))).isInstanceOf(IllegalArgumentException.class);
            writer.write(Part.named("c", "3"));
        }
        assertThat(contents(table)).containsExactlyInAnyOrder(Part.named("a", "1"), Part.named("c", "3"));
    }

    @Test
    void losesAndDoublesNothingOnABusyServiceAndABadNetwork() throws Exception {
        DynamoTable<Part> table = Dynalite.create(client, Part.ITEMS);
        List<Part> parts = parts(3_000);
        try (FaultyDynamoDb faulty = new FaultyDynamoDb(Dynalite.endpoint(), FaultyDynamoDb.Faults.ALL);
                DynamoDbAsyncClient impatient = Dynalite.impatientClient(faulty.endpoint());
                DynamoWriter<Part> writer = DynamoTable.of(impatient, table.name(), Part.ITEMS)
                        .with(QUICK.withAttempts(50))
                        .writer()) {
            writer.writeAll(parts);

            assertThat(writer.written()).isEqualTo(3_000);
            assertThat(faulty.injected()).isGreaterThan(900);
        }
        assertThat(contents(table)).containsExactlyInAnyOrderElementsOf(parts);
    }

    @Test
    void tellsWhatWasAndWhatWasNotWrittenWhenItGivesUp() throws Exception {
        DynamoTable<Part> table = Dynalite.create(client, Part.ITEMS);
        List<Part> given = new ArrayList<>();
        try (FaultyDynamoDb throttling =
                        new FaultyDynamoDb(Dynalite.endpoint(), new FaultyDynamoDb.Faults(0, 80, 0, 0, 0));
                DynamoDbAsyncClient alone = Dynalite.client(throttling.endpoint());
                DynamoWriter<Part> writer = DynamoTable.of(alone, table.name(), Part.ITEMS)
                        .with(QUICK.withAttempts(3))
                        .writer()) {
            DynamoWriteException failure = catchThrowableOfType(DynamoWriteException.class, () -> {
                for (Part part : parts(3_000)) {
                    given.add(part);
                    writer.write(part);
                }
                writer.flush();
            });

            assertThat(failure)
                    .hasMessageStartingWith("Cannot write to table " + table.name()
                            + ": ProvisionedThroughputExceededException: slow down [request REQUEST, try again] ("
                            + failure.written() + " items were written; "
                            + failure.unconfirmedKeys().size() + " were taken but not confirmed: ")
                    .hasCauseInstanceOf(DynamoException.class);
            Set<String> there = contents(table).stream().map(Part::code).collect(Collectors.toSet());
            assertThat(there).hasSize((int) failure.written()).doesNotContainAnyElementsOf(failure.unconfirmedKeys());
            there.addAll(failure.unconfirmedKeys());
            assertThat(there)
                    .containsExactlyInAnyOrderElementsOf(
                            given.stream().map(Part::code).toList());
            assertThatThrownBy(() -> writer.write(Part.named("more", "x"))).isSameAs(failure);
            assertThatThrownBy(writer::flush).isSameAs(failure);
        }
    }

    @Test
    void doesNotRepeatWhatWillFailAgain() {
        DynamoTable<Part> none = DynamoTable.of(client, "none_such", Part.ITEMS);
        DynamoWriter<Part> writer = none.writer();
        assertThatThrownBy(() -> writer.writeAll(parts(3)))
                .isInstanceOfSatisfying(DynamoWriteException.class, e -> {
                    assertThat(e.written()).isZero();
                    assertThat(e.unconfirmedKeys()).containsExactlyInAnyOrder("000000", "000001", "000002");
                })
                .hasMessageStartingWith("Cannot write to table none_such: there is none of that name");
        writer.close();
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        DynamoTable<Part> table = Dynalite.create(client, Part.ITEMS);
        try (DynamoWriter<Part> writer = table.writer()) {
            writer.write(Part.named("a", "1"));
            Thread.currentThread().interrupt();
            assertThatThrownBy(writer::flush)
                    .isInstanceOf(DynamoWriteException.class)
                    .hasMessageStartingWith("Cannot wait for DynamoDB: the thread was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
