package io.tributary.speed.kinesis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.aws.testing.NodeEmulator;
import io.tributary.emulator.RequiresNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;

@RequiresNode
@Timeout(120)
class KinesisSourceIT {
    private static final Map<String, String> CREDENTIALS =
            Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test");
    private static final Map<String, List<KinesisRecord>> HEARD = new ConcurrentHashMap<>();
    private static final Map<String, InjectedFaults> FAULTS = new ConcurrentHashMap<>();
    private static final List<Passed> PASSED = Collections.synchronizedList(new ArrayList<>());

    @RegisterExtension
    static final MiniClusterExtension FLINK = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static NodeEmulator emulator;
    private static KinesisSourceOptions options;
    private static KinesisClient client;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startKinesis() {
        CREDENTIALS.forEach(System::setProperty);
        emulator = NodeEmulator.kinesis();
        options = KinesisSourceOptions.defaults()
                .withRegion("us-east-1")
                .withEndpoint(emulator.endpoint())
                .withPollInterval(Duration.ofMillis(200))
                .withDiscoveryInterval(Duration.ofMillis(500))
                .withMaxRecordsPerFetch(10);
        client = KinesisClients.builder(options).build();
    }

    @AfterAll
    static void stopKinesis() {
        client.close();
        emulator.close();
        CREDENTIALS.keySet().forEach(System::clearProperty);
    }

    @Test
    void yieldsEachRecordOnceAndInOrderWhereverASavepointFallsInAReshard() throws Exception {
        TestStream stream = TestStream.create(client, "savepoints", 2);
        KinesisSource<KinesisRecord> source = KinesisSource.of("savepoints").with(options);
        List<KinesisRecord> heard = heard("savepoints");

        stream.publish(0, 100);
        String savepoint = stopOnce(() -> heard.size() >= 30, hear(source, null));
        stream.splitFirst();
        stream.publish(100, 200);
        savepoint = stopOnce(() -> heard.size() >= 105, hear(source, savepoint));
        savepoint = stopOnce(() -> heard.size() >= 150, hear(source, savepoint));
        JobClient merging = hear(source, savepoint);
        stream.mergeFirstTwo();
        stream.publish(200, 260);
        savepoint = stopOnce(() -> heard.size() >= 205, merging);
        stream.splitFirst();
        stream.mergeFirstTwo();
        stream.publish(260, 320);
        savepoint = stopOnce(() -> heard.size() >= 280, hear(source, savepoint));
        stopOnce(() -> heard.size() >= 320, hear(source, savepoint));

        assertThat(numbers(heard)).containsExactlyInAnyOrderElementsOf(range(0, 320));
        assertThat(numbers(heard).stream()
                        .collect(groupingBy(number -> number % TestStream.KEYS))
                        .values())
                .allSatisfy(ofKey -> assertThat(ofKey).isSorted());
        assertThat(heard).extracting(KinesisRecord::shardId).contains("shardId-000000000004", "shardId-000000000007");
    }

    @Test
    void yieldsEachRecordOnceWhereverAFailureFallsInAReshard() throws Exception {
        TestStream stream = TestStream.create(client, "failures", 2);
        KinesisSource<Integer> source =
                KinesisSource.of("failures").with(options).decodedBy(new NumberDecoder());
        StreamExecutionEnvironment environment = environment(null);
        environment.enableCheckpointing(50);
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "kinesis")
                .map(new FailNowAndThen())
                .filter(new Ledger("failures"))
                .setParallelism(1)
                .sinkTo(new DiscardingSink<>());
        JobClient job = environment.executeAsync();
        stream.publish(0, 60);
        stream.splitFirst();
        stream.publish(60, 110);
        stream.mergeFirstTwo();
        stream.publish(110, 160);
        stream.splitFirst();
        stream.publish(160, 200);
        await(() -> Ledger.of("failures").size() >= 200);
        TimeUnit.MILLISECONDS.sleep(500);
        job.cancel().get();

        assertThat(Ledger.of("failures")).containsExactlyInAnyOrderElementsOf(range(0, 200));
        assertThat(PASSED).as("records, with those given again").hasSizeGreaterThan(200);
        assertThat(PASSED).extracting(Passed::subtask).contains(0, 1);
        assertThat(PASSED.stream()
                        .collect(groupingBy(
                                passed -> passed.attempt() + " " + passed.number() % TestStream.KEYS,
                                mapping(Passed::number, toList())))
                        .values())
                .allSatisfy(ofKeyAndAttempt -> assertThat(ofKeyAndAttempt).isSorted());
    }

    /** A record that a reader gave. */
    private record Passed(int attempt, int subtask, int number) {}

    private static final class FailNowAndThen extends RichMapFunction<Integer, Integer> {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public Integer map(Integer number) {
            int calls = CALLS.incrementAndGet();
            if (calls % 37 == 0 && calls < 190) {
                throw new IllegalStateException("Injected after " + calls);
            }
            TaskInfo task = getRuntimeContext().getTaskInfo();
            PASSED.add(new Passed(task.getAttemptNumber(), task.getIndexOfThisSubtask(), number));
            return number;
        }
    }

    @Test
    void readsOnThroughExpiredIteratorsAndThrottling() throws Exception {
        TestStream stream = TestStream.create(client, "faults", 2);
        InjectedFaults faults = new InjectedFaults();
        FAULTS.put("faults", faults);
        KinesisSource<KinesisRecord> source =
                KinesisSource.of("faults").with(options).through(KinesisSourceIT::faulty);
        List<KinesisRecord> heard = heard("faults");
        JobClient job = hear(source, null);

        stream.publish(0, 40);
        await(() -> heard.size() >= 20);
        faults.next(2, "ExpiredIteratorException");
        faults.next(4, "ProvisionedThroughputExceededException");
        faults.next(1, "ExpiredIteratorException");
        faults.next(2, "LimitExceededException");
        stream.publish(40, 80);
        await(() -> heard.size() >= 80 && faults.isUsedUp());
        TimeUnit.MILLISECONDS.sleep(500);
        job.cancel().get();

        assertThat(numbers(heard)).containsExactlyInAnyOrderElementsOf(range(0, 80));
    }

    private static KinesisClient faulty(KinesisSourceOptions options) {
        var builder = KinesisClients.builder(options);
        builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                .addExecutionInterceptor(FAULTS.get("faults"))
                .build());
        return builder.build();
    }

    @Test
    void losesNothingWhenARestartComesBeforeTheFirstRecordAfterLatest() throws Exception {
        TestStream stream = TestStream.create(client, "latest", 2);
        stream.publish(0, 10);
        TimeUnit.MILLISECONDS.sleep(50);
        KinesisSource<KinesisRecord> source =
                KinesisSource.of("latest").from(StartPosition.latest()).with(options);
        List<KinesisRecord> heard = heard("latest");
        JobClient first = hear(source, null);
        TimeUnit.MILLISECONDS.sleep(1_000);
        String savepoint = stopOnce(() -> true, first);
        assertThat(heard).isEmpty();

        stream.splitFirst();
        stream.publish(10, 20);
        // What is built anew later goes by the state, not by its own start.
        KinesisSource<KinesisRecord> later =
                KinesisSource.of("latest").from(StartPosition.latest()).with(options);
        stopOnce(() -> heard.size() >= 10, hear(later, savepoint));

        assertThat(numbers(heard)).containsExactlyInAnyOrderElementsOf(range(10, 20));
    }

    @Test
    void endsWithAllThatArrivedBeforeTheEndAndNoShardMakesAnotherLate() throws Exception {
        TestStream stream = TestStream.create(client, "bounded", 2);
        Instant begun = Instant.now();
        List<Shard> shards = stream.openShards();
        stream.publishTo(shards.get(0), 0, 50);
        stream.publishTo(shards.get(1), 1_000, 1_030);
        stream.splitFirst();
        stream.publishTo(stream.openShards().get(0), 50, 60);
        Instant end = Instant.now().plusMillis(500);
        KinesisSource<KinesisRecord> source =
                KinesisSource.of("bounded").with(options).until(end);
        StreamExecutionEnvironment environment = environment(null);
        environment.getConfig().setAutoWatermarkInterval(1);
        environment.setParallelism(1);
        List<KinesisRecord> records = environment
                .fromSource(
                        source,
                        WatermarkStrategy.<KinesisRecord>forMonotonousTimestamps()
                                .withTimestampAssigner((record, arrival) -> NumberDecoder.number(record)),
                        "kinesis")
                .process(new NoneLate())
                .executeAndCollect(1_000);

        List<Integer> expected = new ArrayList<>(range(0, 60));
        expected.addAll(range(1_000, 1_030));
        assertThat(numbers(records)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(records).allSatisfy(record -> {
            assertThat(record.arrival()).isBetween(begun.minusMillis(1), end);
            assertThat(record.partitionKey()).isEqualTo("key");
            assertThat(record.sequenceNumber().bitLength()).isGreaterThan(64);
        });
    }

    /** Refuses a record that its own watermark has overtaken. */
    private static final class NoneLate extends ProcessFunction<KinesisRecord, KinesisRecord> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(KinesisRecord record, Context context, Collector<KinesisRecord> out) {
            if (NumberDecoder.number(record) < 1_000
                    && context.timerService().currentWatermark() >= context.timestamp()) {
                throw new IllegalStateException("Late: " + NumberDecoder.number(record));
            }
            out.collect(record);
        }
    }

    private static StreamExecutionEnvironment environment(String savepoint) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(20));
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(2);
        return environment;
    }

    private static List<KinesisRecord> heard(String stream) {
        return HEARD.computeIfAbsent(stream, name -> Collections.synchronizedList(new ArrayList<>()));
    }

    /** A job that appends what it reads, where it reads it, to the list of the stream. */
    private static JobClient hear(KinesisSource<KinesisRecord> source, String savepoint) throws Exception {
        StreamExecutionEnvironment environment = environment(savepoint);
        String stream = source.stream();
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "kinesis")
                .uid("kinesis")
                .filter(record -> !heard(stream).add(record))
                .uid("hear")
                .sinkTo(new DiscardingSink<>())
                .uid("sink");
        return environment.executeAsync();
    }

    /** Asks again while not all tasks run yet. */
    private String stopOnce(BooleanSupplier condition, JobClient job) throws Exception {
        await(condition);
        while (true) {
            try {
                return job.stopWithSavepoint(false, directory.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get();
            } catch (ExecutionException e) {
                assertThat(job.getJobStatus().get().isGloballyTerminalState())
                        .as("%s", e)
                        .isFalse();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static List<Integer> numbers(List<KinesisRecord> records) {
        return records.stream().map(NumberDecoder::number).toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
