package io.tributary.examples.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.aws.testing.NodeEmulator;
import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.S3Lake;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.server.AthenaLake;
import io.tributary.batch.server.S3Server;
import io.tributary.codec.CsvTable;
import io.tributary.codec.RecordWriter;
import io.tributary.emulator.RequiresNode;
import io.tributary.examples.command.Captured;
import io.tributary.examples.data.Catalogue;
import io.tributary.examples.data.OrderGenerator;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.retail.TransactionOrder;
import io.tributary.serving.Answer;
import io.tributary.serving.LambdaView;
import io.tributary.serving.dynamo.DynamoOptions;
import io.tributary.serving.dynamo.DynamoSpeedStore;
import io.tributary.serving.snapshot.SnapshotStore;
import io.tributary.speed.IngestOptions;
import io.tributary.speed.LakeSinkOptions;
import io.tributary.speed.SpeedOptions;
import io.tributary.speed.kinesis.KinesisSource;
import io.tributary.speed.kinesis.KinesisSourceOptions;
import io.tributary.view.BatchView;
import io.tributary.view.BatchViewSnapshot;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * The whole pipeline over the protocols of AWS: products into DynamoDB, orders onto Kinesis, a Flink job from
 * there to S3 and DynamoDB, tables and batch views by Athena's protocol, and merged answers. Ingest time runs
 * fast, so that partitions are sealed while orders flow. The profile {@code soak} sends the workshop's 94,498
 * orders, which takes the emulator of Kinesis some minutes.
 */
@RequiresNode
@Timeout(600)
class PipelineOverTheWireIT {
    private static final long ORDERS = Long.getLong("tributary.orders", 12_000);
    /** Many, since the emulator takes the longer for a record the more its shard has. */
    private static final int SHARDS = 40;

    private static final String STREAM = "de-enhancement-it";
    private static final String SPEED_TABLE = "speed_store_it";
    private static final String PRODUCTS_TABLE = "products_info_it";
    private static final String LAKE = "s3://%s/wire/".formatted(S3Server.BUCKET);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** An hour of ingest passes in ten seconds. */
    private static final int FAST = 360;

    private static final Catalogue CATALOGUE = Catalogue.of(1);

    @TempDir
    private Path work;

    private static NodeEmulator dynamo;
    private static NodeEmulator kinesis;
    private static AthenaLake athena;
    private static Map<String, String> settings;
    private static KinesisClient streams;
    private static DynamoSpeedStore store;

    @BeforeAll
    static void start() {
        CompletableFuture<AthenaLake> starting = CompletableFuture.supplyAsync(AthenaLake::started);
        dynamo = NodeEmulator.dynamoDb();
        kinesis = NodeEmulator.kinesis();
        settings = Map.of(
                "aws.accessKeyId", "some-id",
                "aws.secretAccessKey", "some-secret",
                "aws.region", "ap-northeast-2",
                "aws.endpointUrlDynamoDb", dynamo.endpoint().toString(),
                "aws.endpointUrlKinesis", kinesis.endpoint().toString());
        settings.forEach(System::setProperty);
        streams = KinesisClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        athena = starting.join();
        Configuration s3 = new Configuration();
        s3.setString("s3.endpoint", athena.s3Endpoint().toString());
        s3.setString("s3.path.style.access", "true");
        s3.setString("s3.access-key", "some-id");
        s3.setString("s3.secret-key", "some-secret");
        // S3Mock does not find an object by the entity tag of its upload.
        s3.setString("s3.change.detection.mode", "none");
        FileSystem.initialize(s3, null);
        store = DynamoSpeedStore.open(clients().create(), SPEED_TABLE, DynamoOptions.defaults());
        store.createTable();
    }

    @AfterAll
    static void stop() {
        store.close();
        streams.close();
        dynamo.close();
        kinesis.close();
        settings.keySet().forEach(System::clearProperty);
        FileSystem.initialize(new Configuration(), null);
    }

    private static DynamoSpeedStore.ClientFactory clients() {
        return () -> DynamoDbClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** The second half is sent when the first lies in sealed partitions, so that there is a cut between orders. */
    @Test
    void mergedAnswersAreOnePassOverAllOrders() throws Throwable {
        succeed("import-products", "--dynamodb-table-name", PRODUCTS_TABLE);
        streams.createStream(request -> request.streamName(STREAM).shardCount(SHARDS));
        awaitActive();
        JobClient job = startJob();
        List<TransactionOrder> orders = new ArrayList<>();
        OrderGenerator.of(CATALOGUE, 1, ORDERS).orders().forEachRemaining(orders::add);
        int half = orders.size() / 2;
        send(orders.subList(0, half), PipelineOverTheWireIT::split);
        awaitSealed(half);
        send(orders.subList(half, orders.size()), PipelineOverTheWireIT::merge);

        Map<View<EnrichedOrder>, List<Row>> truth = onePass(orders);
        awaitAll(job, truth);
        assertRight(truth);
        athena("create-table", "--create-database");
        Instant cut = middleOfTheLake();
        athena("build-batch-views", "--cut", HOUR.format(cut.atOffset(ZoneOffset.UTC)));
        assertThat(batch(RetailViews.DIVISION_SALES).cut()).isEqualTo(cut);
        assertRight(truth);
        athena("batch", "refresh");
        assertThat(batch(RetailViews.DIVISION_SALES).cut()).isAfter(cut);
        assertRight(truth);
        assertThat(summaries()).isPositive();
        job.cancel().get(1, TimeUnit.MINUTES);
    }

    /** Sends orders while the shards change. */
    private void send(List<TransactionOrder> orders, Executable reshard) throws Throwable {
        Path file = work.resolve("orders.csv");
        try (RecordWriter<TransactionOrder> writer =
                CsvTable.of(TransactionOrder.SCHEMA).write(file)) {
            writer.writeAll(orders);
        }
        CompletableFuture<Captured> sending = CompletableFuture.supplyAsync(() -> Captured.run(
                "generate-orders",
                "--dynamodb-table-name",
                PRODUCTS_TABLE,
                "--stream-name",
                STREAM,
                "--request-timeout",
                "PT2M",
                "--input",
                file.toString()));
        TimeUnit.SECONDS.sleep(2);
        reshard.execute();
        Captured sent = sending.join();
        assertThat(sent.code()).as(sent.text()).isZero();
        assertThat(sent.text()).contains("acknowledged " + orders.size() + ", unacknowledged 0");
    }

    private static JobClient startJob() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("parallelism.default", "2");
        configuration.setString("rest.bind-port", "0");
        configuration.setString("pipeline.generic-types", "false");
        configuration.setString("taskmanager.memory.network.min", "64mb");
        configuration.setString("taskmanager.memory.network.max", "64mb");
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        KinesisSourceOptions options = KinesisSourceOptions.defaults()
                .withPollInterval(Duration.ofSeconds(3))
                .withDiscoveryInterval(Duration.ofSeconds(1));
        new SpeedTopology(
                        KinesisSource.of(STREAM).with(options),
                        LAKE,
                        RetailLake.LAYOUT,
                        LakeSinkOptions.defaults(),
                        null,
                        DynamoSpeedStore.factory(clients(), SPEED_TABLE, DynamoOptions.defaults()),
                        RetailViews.all(),
                        SpeedOptions.defaults(),
                        IngestOptions.defaults(),
                        new RehearsalClock(FAST))
                .build(flink, Duration.ofSeconds(2));
        return flink.executeAsync("speed layer");
    }

    /** Waits until all orders that were sent are in the answer of the speed layer. */
    private static void awaitAll(JobClient job, Map<View<EnrichedOrder>, List<Row>> truth) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        View<EnrichedOrder> first = RetailViews.TODAY_SALES;
        while (!merged(first).rows().equals(truth.get(first))) {
            assertThat(job.getJobStatus().get().isGloballyTerminalState()).isFalse();
            assertThat(System.nanoTime()).as("%s", merged(first)).isLessThan(deadline);
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static void assertRight(Map<View<EnrichedOrder>, List<Row>> truth) throws Exception {
        for (Map.Entry<View<EnrichedOrder>, List<Row>> view : truth.entrySet()) {
            Answer answer = merged(view.getKey());
            assertThat(answer.coverage().isComplete())
                    .as("%s: %s", view.getKey().name(), answer.coverage())
                    .isTrue();
            assertThat(answer.rows()).as(view.getKey().name()).isEqualTo(view.getValue());
        }
    }

    /** The lake once so many orders lie in sealed partitions. */
    private static LakeContents awaitSealed(long orders) throws Exception {
        S3Lake<EnrichedOrder> lake = S3Lake.at(athena.s3(), LAKE, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (lake.newestCut().isEmpty()
                || lake.contents(lake.newestCut().orElseThrow()).records() < orders) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.SECONDS.sleep(1);
        }
        return lake.contents(lake.newestCut().orElseThrow());
    }

    /** A cut before which and from which on there are orders, once both are sealed and whole. */
    private static Instant middleOfTheLake() throws Exception {
        LakeContents all = awaitSealed(ORDERS);
        assertThat(all.holes()).isEmpty();
        assertThat(all.records()).isEqualTo(ORDERS);
        List<SealedPartition> partitions = all.partitions().stream()
                .filter(partition -> partition.manifest().records() > 0)
                .toList();
        assertThat(partitions).hasSizeGreaterThan(1);
        return partitions.get(partitions.size() / 2 - 1).partition().end();
    }

    /**
     * The rows of lab 6 in the partitions that a success file closes: once a window has ended, which it has when
     * each shard has come as far, or has been idle for a minute.
     */
    private static long summaries() throws Exception {
        S3Lake<CumulativeSales> lake = S3Lake.at(athena.s3(), LAKE, SpeedTopology.SUMMARY, CumulativeSales.SCHEMA);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<Instant> cut = lake.newestCut();
        while (cut.isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.SECONDS.sleep(1);
            cut = lake.newestCut();
        }
        return lake.contents(cut.orElseThrow()).records();
    }

    private static BatchView batch(View<EnrichedOrder> view) throws Exception {
        return SnapshotStore.inBucket(athena.s3(), LAKE + "batch_views/")
                .newest(view)
                .map(BatchViewSnapshot::batch)
                .orElse(BatchView.empty(view));
    }

    private static Answer merged(View<EnrichedOrder> view) throws Exception {
        return LambdaView.of(view, batch(view), store).read();
    }

    private static Map<View<EnrichedOrder>, List<Row>> onePass(List<TransactionOrder> sent) {
        List<EnrichedOrder> orders = sent.stream()
                .map(order -> EnrichedOrder.of(
                        order, CATALOGUE.find(order.productCode()).orElseThrow(), Instant.EPOCH))
                .toList();
        Map<View<EnrichedOrder>, List<Row>> rows = new LinkedHashMap<>();
        for (View<EnrichedOrder> view : RetailViews.all()) {
            Slices<EnrichedOrder> slices = view.slices();
            slices.addAll(orders);
            rows.put(view, view.rows(slices.toList()));
        }
        return rows;
    }

    private static void succeed(String... arguments) {
        Captured ran = Captured.run(arguments);
        assertThat(ran.code()).as(ran.text()).isZero();
    }

    private static void athena(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--database", "wire", "--location", LAKE.substring(0, LAKE.length() - 1)));
        arguments.addAll(List.of("--endpoint-url", athena.athena().endpoint().toString()));
        arguments.addAll(List.of("--s3-endpoint-url", athena.s3Endpoint().toString()));
        succeed(arguments.toArray(String[]::new));
    }

    private static void split() throws InterruptedException {
        Shard first = openShards().get(0);
        BigInteger low = new BigInteger(first.hashKeyRange().startingHashKey());
        BigInteger high = new BigInteger(first.hashKeyRange().endingHashKey());
        streams.splitShard(request -> request.streamName(STREAM)
                .shardToSplit(first.shardId())
                .newStartingHashKey(low.add(high).shiftRight(1).toString()));
        awaitActive();
    }

    private static void merge() throws InterruptedException {
        List<Shard> open = openShards();
        assertThat(open).hasSize(SHARDS + 1);
        streams.mergeShards(request -> request.streamName(STREAM)
                .shardToMerge(open.get(0).shardId())
                .adjacentShardToMerge(open.get(1).shardId()));
        awaitActive();
    }

    private static List<Shard> openShards() {
        return streams.listShards(request -> request.streamName(STREAM)).shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .sorted(Comparator.comparing(
                        shard -> new BigInteger(shard.hashKeyRange().startingHashKey())))
                .toList();
    }

    private static void awaitActive() throws InterruptedException {
        while (streams.describeStreamSummary(request -> request.streamName(STREAM))
                        .streamDescriptionSummary()
                        .streamStatus()
                != StreamStatus.ACTIVE) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
