package io.tributary.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.aws.KinesisStream;
import io.tributary.aws.testing.NodeEmulator;
import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.LakeContents;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.SealedPartition;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.codec.JsonLines;
import io.tributary.emulator.RequiresNode;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import io.tributary.serving.Answer;
import io.tributary.serving.LambdaView;
import io.tributary.serving.dynamo.DynamoOptions;
import io.tributary.serving.dynamo.DynamoSpeedStore;
import io.tributary.view.BatchView;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * The speed job on a real cluster whose processes are killed and frozen and whose store and disk fail, while
 * numbered orders flow. Whoever reads meanwhile sees no order twice and none again vanish; afterwards the lake,
 * the store and what both give at each cut have each order once. {@code -Dtributary.seed} deals the same faults
 * again, {@code -Dtributary.kills} more or fewer of them, for at most {@code -Dtributary.minutes}.
 */
@RequiresNode
@EnabledOnOs(value = OS.LINUX, disabledReason = "files are limited by prlimit")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class SurvivalIT {
    private static final int KILLS = Integer.getInteger("tributary.kills", 5);
    private static final long SEED = Long.getLong("tributary.seed", System.nanoTime() % 1_000_000);
    /** After it no further faults are dealt. */
    private static final Duration LONGEST = Duration.ofMinutes(Long.getLong("tributary.minutes", 120));

    /** Few in a long run, and over several shards: the emulator takes the longer for a record the more its shard has. */
    private static final int PER_SECOND = KILLS > 20 ? 10 : 40;

    private static final int SHARDS = 6;
    private static final String STREAM = "survival";
    private static final String TABLE = "survival";
    private static final PartitionLayout LAYOUT = PartitionLayout.parse(
            "data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/");
    /** An hour of ingest passes in ten seconds. */
    private static final int INGEST_SPEED = 360;

    private static final Region REGION = Region.AP_NORTHEAST_2;
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("some-id", "some-secret"));

    private final Random random = new Random(SEED);
    private final long start = System.nanoTime();
    private int kills;
    private int others;
    private int recoveries;
    private int ended;

    @Test
    void eachOrderIsCountedOnceWhateverFails() throws Exception {
        Path directory = Files.createDirectories(Path.of("target", "cluster").toAbsolutePath());
        directory = Files.createTempDirectory(directory, "seed-%d-".formatted(SEED));
        Path lake =
                Files.createSymbolicLink(directory.resolve("lake"), Files.createDirectories(directory.resolve("disk")));
        System.out.printf("survival: seed %d, %d kills, logs in %s%n", SEED, KILLS, directory);
        try (NodeEmulator kinesis = NodeEmulator.kinesis();
                NodeEmulator dynamo = NodeEmulator.dynamoDb();
                BrittleProxy brittle = BrittleProxy.before(dynamo.endpoint());
                KinesisAsyncClient streams = KinesisAsyncClient.builder()
                        .endpointOverride(kinesis.endpoint())
                        .region(REGION)
                        .credentialsProvider(CREDENTIALS)
                        .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                                .protocol(Protocol.HTTP1_1)
                                .readTimeout(Publishing.PATIENCE))
                        .build();
                DynamoDbClient tables = dynamoDb(dynamo.endpoint());
                DynamoSpeedStore store = DynamoSpeedStore.open(tables, TABLE, DynamoOptions.defaults());
                FlinkCluster cluster =
                        FlinkCluster.start(directory, environment(kinesis.endpoint(), brittle.endpoint()));
                SubmittedJob job = new SubmittedJob(cluster, Path.of("target", "tributary-job.jar"), options(lake))) {
            store.createTable();
            KinesisStream stream = new KinesisStream(STREAM, streams);
            streams.createStream(request -> request.streamName(STREAM).shardCount(SHARDS))
                    .get();
            stream.createIfMissing(Duration.ofSeconds(30));
            job.submit();
            Publishing publishing = Publishing.start(stream, PER_SECOND);
            job.awaitCheckpointAfter(0);
            WatchingReader reader = WatchingReader.start(LambdaView.of(NumberedOrders.VIEW, store), publishing);

            SubmittedJob.await(() -> reader.counted() > 0, "no order is counted");
            Fault.Scene scene = new Fault.Scene(cluster, job, brittle, lake);
            for (Fault fault : faults()) {
                if (System.nanoTime() - start < LONGEST.toNanos()) {
                    suffer(fault, scene);
                }
            }

            int numbers = publishing.end();
            SubmittedJob.await(
                    () -> reader.counted() >= numbers, "not all of %d orders are counted".formatted(numbers));
            reader.end();
            job.drain();
            List<Found> found = found(LocalLake.at(lake, LAYOUT, EnrichedOrder.SCHEMA), store);
            long lost = found.stream()
                    .mapToLong(place -> place.census().lost(numbers))
                    .sum();
            long duplicated = found.stream()
                    .mapToLong(place -> place.census().duplicated(numbers))
                    .sum();
            System.out.printf(
                    "survival: seed %d, records %d, kills %d, other faults %d, ended of them %d, recoveries %d, reads %d, cuts %d, lost %d, duplicated %d%n",
                    SEED,
                    numbers,
                    kills,
                    others,
                    ended,
                    recoveries,
                    reader.reads(),
                    found.size() - 2,
                    lost,
                    duplicated);
            assertThat(found).hasSizeGreaterThan(4).allSatisfy(place -> {
                assertThat(place.census().lost(numbers))
                        .as("lost in %s", place.where())
                        .isZero();
                assertThat(place.census().duplicated(numbers))
                        .as("duplicated in %s", place.where())
                        .isZero();
            });
        }
    }

    /** As many kills as told, one in five of the JobManager, and among them the other faults, in a random order. */
    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            faults.add(i % 5 == 0 ? Fault.KILL_JOB_MANAGER : Fault.KILL_TASK_MANAGER);
        }
        List<Fault> others = List.of(Fault.FREEZE_TASK_MANAGER, Fault.CUT_STORE, Fault.FILL_DISK, Fault.LOSE_DIRECTORY);
        for (int i = 0; i < Math.max(others.size(), KILLS / 4); i++) {
            faults.add(others.get(i % others.size()));
        }
        Collections.shuffle(faults, random);
        return faults;
    }

    /** One time in four, the next fault comes while the job is recovering. */
    private void suffer(Fault fault, Fault.Scene scene) throws Exception {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_500));
        if (fault.isKill()) {
            kills++;
        } else {
            others++;
        }
        long before = scene.job().checkpoint();
        long struck = System.nanoTime();
        fault.strike(scene, random);
        ended += scene.cluster().replaceEnded();
        if (random.nextInt(4) > 0) {
            scene.job().awaitCheckpointAfter(before);
            recoveries++;
        }
        System.out.printf(
                "survival: %s, %.1f s, checkpoint %d%n",
                fault, (System.nanoTime() - struck) / 1e9, scene.job().checkpoint());
    }

    /** The numbers that are in one place. */
    private record Found(String where, Census census) {}

    private static List<Found> found(LocalLake<EnrichedOrder> lake, DynamoSpeedStore store) throws Exception {
        Instant newest = lake.newestCut().orElseThrow();
        LakeContents contents = lake.contents(newest);
        assertThat(contents.holes()).isEmpty();
        List<Found> found = new ArrayList<>();
        found.add(new Found("the lake", inLake(lake, contents)));
        found.add(new Found(
                "the store",
                NumberedOrders.count(
                        LambdaView.of(NumberedOrders.VIEW, store).read().rows())));
        try (DuckDbEngine engine = DuckDbEngine.start()) {
            for (SealedPartition partition : contents.partitions()) {
                Instant cut = partition.partition().end();
                BatchView batch = BatchViews.on(engine, lake).build(NumberedOrders.VIEW, cut);
                Answer answer = LambdaView.of(NumberedOrders.VIEW, batch, store).read();
                assertThat(answer.coverage().isComplete())
                        .as("%s", answer.coverage())
                        .isTrue();
                found.add(new Found("the answer at cut " + cut, NumberedOrders.count(answer.rows())));
            }
        }
        return found;
    }

    private static Census inLake(LocalLake<EnrichedOrder> lake, LakeContents contents) throws IOException {
        JsonLines<EnrichedOrder> format = JsonLines.of(EnrichedOrder.SCHEMA);
        for (SealedPartition partition : contents.partitions()) {
            lake.verify(partition);
        }
        Census census = new Census();
        for (Path file : lake.files(contents)) {
            for (String line : Files.readAllLines(file)) {
                EnrichedOrder order =
                        format.decode(line.getBytes(StandardCharsets.UTF_8)).orElseThrow();
                census.add(NumberedOrders.number(order), 1);
            }
        }
        return census;
    }

    private static DynamoDbClient dynamoDb(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(REGION)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static Map<String, String> environment(URI kinesis, URI dynamo) {
        return Map.of(
                "AWS_ACCESS_KEY_ID", "some-id",
                "AWS_SECRET_ACCESS_KEY", "some-secret",
                "AWS_REGION", REGION.id(),
                "AWS_ENDPOINT_URL_KINESIS", kinesis.toString(),
                "AWS_ENDPOINT_URL_DYNAMODB", dynamo.toString());
    }

    private static List<String> options(Path lake) {
        return List.of(
                "--stream-name=" + STREAM,
                "--speed-table-name=" + TABLE,
                "--lake=" + lake.toUri(),
                "--layout=" + LAYOUT.template(),
                "--views=" + NumberedOrders.VIEW.name() + ",hourly-sales",
                "--checkpoint-interval=PT1S",
                "--ingest-speed=" + INGEST_SPEED);
    }
}
