package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.aws.testing.NodeEmulator;
import io.tributary.codec.CsvTable;
import io.tributary.codec.JsonLines;
import io.tributary.codec.RecordWriter;
import io.tributary.emulator.RequiresNode;
import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** The sending of orders as a user runs it, against both emulators. */
@RequiresNode
class GenerateOrdersIT {
    private static final int ORDERS = 2_000;

    private static NodeEmulator dynamo;
    private static NodeEmulator kinesis;
    private static KinesisAsyncClient client;
    private static Map<String, String> settings;

    @TempDir
    private Path work;

    private String err = "";

    @BeforeAll
    static void start() {
        dynamo = NodeEmulator.dynamoDb();
        kinesis = NodeEmulator.kinesis();
        settings = Map.of(
                "aws.accessKeyId", "some-id",
                "aws.secretAccessKey", "some-secret",
                "aws.region", "ap-northeast-2",
                "aws.endpointUrlDynamoDb", dynamo.endpoint().toString(),
                "aws.endpointUrlKinesis", kinesis.endpoint().toString());
        settings.forEach(System::setProperty);
        client = KinesisAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
                .build();
        run("import-products", "--dynamodb-table-name", "products_info");
    }

    @AfterAll
    static void stop() {
        client.close();
        dynamo.close();
        kinesis.close();
        settings.keySet().forEach(System::clearProperty);
    }

    private static String run(String... arguments) {
        return run(0, arguments);
    }

    private static String run(int code, String... arguments) {
        Captured captured = Captured.run(arguments);
        assertThat(captured.code()).as(captured.err()).isEqualTo(code);
        assertThat(captured.err()).doesNotContain("some-secret");
        return captured.err();
    }

    private String generate(int code, String table, String stream, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("generate-orders", "--dynamodb-table-name", table, "--stream-name", stream));
        arguments.addAll(List.of(more));
        return run(code, arguments.toArray(String[]::new));
    }

    @Test
    void sendsMadeUpOrdersWithTheirProductsOntoAStreamThatItCreates() {
        Instant before = Instant.now().minusMillis(1);
        err = generate(0, "products_info", "orders", "--orders", "" + ORDERS);
        Instant after = Instant.now();

        assertThat(err)
                .contains("created stream orders", "orders: 20 % (", "orders: 100 % (2,000 of 2,000)")
                .contains("orders: read 2000 = accepted 2000 + rejected 0; stream orders: acknowledged 2000,"
                        + " unacknowledged 0, retried ");
        List<Record> records = read("orders");
        List<EnrichedOrder> sent = orders(records);
        Catalogue catalogue = Catalogue.of(1);
        List<EnrichedOrder> expected = new ArrayList<>();
        OrderGenerator.of(catalogue, 1, ORDERS)
                .orders()
                .forEachRemaining(order -> expected.add(EnrichedOrder.of(
                        order, catalogue.find(order.productCode()).orElseThrow(), Instant.EPOCH)));
        assertThat(untimed(sent)).isEqualTo(untimed(expected));
        assertThat(sent)
                .allMatch(order ->
                        order.eventTime().isAfter(before) && !order.eventTime().isAfter(after));
        assertThat(records).extracting(Record::partitionKey).allSatisfy(key -> {
            assertThat(key).matches("part-\\d{5}");
            assertThat(Integer.parseInt(key.substring(5))).isBetween(1, 1_024);
        });
        assertThat(records.stream().map(Record::partitionKey).distinct()).hasSizeGreaterThan(800);
    }

    @Test
    void sendsAFileAtAPaceAndCountsWhatItCannotUse() throws IOException {
        Product product = Catalogue.of(1).products().get(0);
        Path file = work.resolve("orders.csv");
        List<TransactionOrder> orders = new ArrayList<>();
        OrderGenerator.of(Catalogue.of(1), 1, 20).orders().forEachRemaining(orders::add);
        TransactionOrder first = orders.get(0);
        orders.add(like(first, first.storeName(), "no-" + product.productCode()));
        orders.add(like(first, "x".repeat(2 << 20), first.productCode()));
        try (RecordWriter<TransactionOrder> writer =
                CsvTable.of(TransactionOrder.SCHEMA).write(file)) {
            writer.writeAll(orders);
        }
        Files.writeString(file, "a,b,c\n", StandardOpenOption.APPEND);

        long start = System.nanoTime();
        err = generate(0, "products_info", "from-a-file", "--input", file.toString(), "--rate", "20", "--record-ids");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
        assertThat(err)
                .contains("orders: read 23 = accepted 20 + rejected 3; stream from-a-file: acknowledged 20,")
                .contains("rejected: ");
        assertThat(read("from-a-file"))
                .hasSize(20)
                .allMatch(record -> record.data().asUtf8String().contains("\"record_id\":"));
    }

    private static TransactionOrder like(TransactionOrder order, String storeName, String productCode) {
        return new TransactionOrder(
                order.date(),
                order.hour(),
                order.storeCode(),
                storeName,
                order.posNumber(),
                order.receiptNumber(),
                productCode,
                order.quantity(),
                order.amount(),
                order.dateTime());
    }

    @Test
    @Timeout(60)
    void toldToStopItSendsWhatThePublisherHasTaken() throws InterruptedException {
        Thread command = new Thread(() -> err = generate(1, "products_info", "stopped", "--rate", "50"));
        command.start();
        while (command.isAlive() && (!isActive("stopped") || read("stopped").isEmpty())) {
            Thread.sleep(50);
        }
        command.interrupt();
        command.join();
        assertThat(err)
                .contains("tributary: Stopped before it was done")
                .contains("stream stopped: acknowledged %d, unacknowledged 0,"
                        .formatted(read("stopped").size()));
    }

    @Test
    void aPartIsNotAll() {
        err = generate(
                1,
                "products_info",
                "refused",
                "--set",
                "publisher.whenFull=refuse",
                "--set",
                "publisher.bufferBytes=1048832");
        assertThat(err)
                .contains("Cannot publish to stream refused: its buffer of ")
                .containsPattern("accepted (\\d+) [^;]*; stream refused: acknowledged \\1, unacknowledged 0,");
    }

    @Test
    void createsNoStreamForATableThatIsMissing() {
        err = generate(1, "no_such_table", "never-made");
        assertThat(err).contains("no_such_table").hasLineCount(1);
        assertThat(client.listStreams().join().streamNames()).doesNotContain("never-made");
    }

    @Test
    void createsNoStreamWhenThereIsNothingToSend() {
        err = generate(2, "products_info", "never-made", "--orders", "0");
        assertThat(err).contains("Invalid order count: 0");
        err = generate(1, "products_info", "never-made", "--input", "no-such.csv");
        assertThat(err).contains("Cannot read no-such.csv: ").hasLineCount(1);
        assertThat(generate(2, "products_info", "never made")).contains("never made");
        assertThat(client.listStreams().join().streamNames()).doesNotContain("never-made");
    }

    @Test
    void refusesBothAFileAndANumberOfOrders() {
        err = generate(2, "products_info", "orders", "--orders", "3", "--input", "x.csv");
        assertThat(err).contains("Cannot use --orders with --input (give one of them)");
        err = generate(2, "products_info", "orders", "--rate", "0");
        assertThat(err).contains("Invalid value for option '--rate': 0 (must be at least 1)");
    }

    /** As lines in the order of their text, without the time at which they were sent. */
    private static List<String> untimed(List<EnrichedOrder> orders) {
        JsonLines<EnrichedOrder> json = JsonLines.of(EnrichedOrder.SCHEMA);
        return orders.stream()
                .map(order -> new String(json.encode(order), StandardCharsets.UTF_8)
                        .replaceAll("\"event_time\":\"[^\"]*\"", ""))
                .sorted()
                .toList();
    }

    private static List<EnrichedOrder> orders(List<Record> records) {
        JsonLines<EnrichedOrder> json = JsonLines.of(EnrichedOrder.SCHEMA);
        return records.stream()
                .map(record -> json.decode(record.data().asByteArray()).orElseThrow())
                .toList();
    }

    private static boolean isActive(String stream) {
        return client.listStreams().join().streamNames().contains(stream)
                && client.describeStreamSummary(request -> request.streamName(stream))
                                .join()
                                .streamDescriptionSummary()
                                .streamStatus()
                        == StreamStatus.ACTIVE;
    }

    private static List<Record> read(String stream) {
        List<Record> records = new ArrayList<>();
        client.listShards(r -> r.streamName(stream)).join().shards().forEach(shard -> {
            String iterator = client.getShardIterator(r -> r.streamName(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .join()
                    .shardIterator();
            GetRecordsResponse page;
            do {
                String from = iterator;
                page = client.getRecords(r -> r.shardIterator(from)).join();
                records.addAll(page.records());
                iterator = page.nextShardIterator();
            } while (!page.records().isEmpty());
        });
        return records;
    }
}
