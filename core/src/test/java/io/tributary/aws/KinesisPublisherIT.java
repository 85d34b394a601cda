package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.aws.FaultyProxy.Fault;
import io.tributary.aws.testing.NodeEmulator;
import io.tributary.codec.JsonLines;
import io.tributary.emulator.RequiresNode;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamMode;

/** The publisher over the wire: what it was given is on the stream, whatever happens on the way. */
@RequiresNode
@Timeout(300)
class KinesisPublisherIT {
    /** A line of a key, with its number in the order in which it was given. */
    record Line(String key, int number, String text) {}

    private static final Schema<Line> SCHEMA = Schema.of(
            "line",
            Line.class,
            Column.text("key", Line::key),
            Column.integer("number", Line::number),
            Column.text("text", Line::text));
    private static final int RECORDS = 8_000;
    private static final int FAULTY_RECORDS = 2_000;
    /** Many, since the emulator takes the longer for a record the more its shard has. */
    private static final int SHARDS = 16;
    /** Twice as long as the publisher waits where answers come late: an answer that is slow by itself is one more. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private static final PublisherOptions QUICK = PublisherOptions.defaults()
            .withLinger(Duration.ofMillis(10))
            .withRequests(4)
            .withRequestTimeout(Duration.ofMinutes(2))
            .withBackoff(Duration.ofMillis(5), Duration.ofMillis(50));

    private static final AtomicInteger STREAMS = new AtomicInteger();
    private static NodeEmulator emulator;
    private static KinesisAsyncClient plain;

    @BeforeAll
    static void start() {
        emulator = NodeEmulator.kinesis();
        plain = client(emulator.endpoint());
    }

    @AfterAll
    static void stop() {
        plain.close();
        emulator.close();
    }

    /** The emulator, as the service, allows for few shards. */
    @AfterEach
    void deleteStreams() {
        plain.listStreams()
                .join()
                .streamNames()
                .forEach(name -> plain.deleteStream(r -> r.streamName(name))
                        .exceptionally(deletedBefore -> null)
                        .join());
    }

    @Test
    void allRecordsAreOnTheStreamInTheOrderOfTheirKeys() {
        KinesisStream stream = newStream(plain);
        List<Line> lines = lines(RECORDS, 1_024);
        KinesisPublisher<Line> publisher = KinesisPublisher.to(stream, WireForm.json(SCHEMA, Line::key), QUICK);
        try (publisher) {
            lines.forEach(publisher::publish);
        }
        Delivery<Line> delivery = publisher.delivery();
        assertThat(delivery.acknowledged()).isEqualTo(RECORDS);
        assertThat(delivery.retried()).isZero();
        assertThat(read(stream, false)).isEqualTo(byKey(lines));
    }

    @Test
    void aThirdOfFailedEntriesCostsNeitherARecordNorTheOrder() {
        for (String code : List.of("ProvisionedThroughputExceededException", "InternalFailure")) {
            try (KinesisAsyncClient client = client(emulator.endpoint(), new FailedEntries(new Random(1), 0.3, code))) {
                KinesisStream stream = newStream(client);
                List<Line> lines = lines(FAULTY_RECORDS, 100);
                KinesisPublisher<Line> publisher = KinesisPublisher.to(stream, WireForm.json(SCHEMA, Line::key), QUICK);
                lines.forEach(publisher::publish);
                Delivery<Line> delivery = publisher.flush();
                publisher.close();

                assertThat(delivery.isComplete()).isTrue();
                assertThat(delivery.retried()).isGreaterThan(FAULTY_RECORDS / 5);
                assertThat(delivery.possibleDuplicates()).isZero();
                assertThat(read(stream, false)).isEqualTo(byKey(lines));
            }
        }
    }

    @Test
    void throttlingBurstsCostNeitherARecordNorTheOrderAndMakeNoDuplicate() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        Delivery<Line> delivery = publishThrough(
                () -> calls.getAndIncrement() % 10 < 4 ? Fault.ProvisionedThroughputExceededException : Fault.NONE,
                false);
        assertThat(delivery.retried()).isPositive();
        assertThat(delivery.possibleDuplicates()).isZero();
    }

    @Test
    void timeoutsAfterTheWriteMakeDuplicatesThatTheIdRemoves() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        Delivery<Line> delivery = publishThrough(
                () -> calls.getAndIncrement() % 20 == 2 ? Fault.LATE_ANSWER : Fault.NONE, true, LATE.dividedBy(2));
        assertThat(delivery.possibleDuplicates()).isPositive();
    }

    @Test
    void lostConnectionsCostNeitherARecordNorTheOrder() throws IOException {
        Random random = new Random(5);
        Delivery<Line> delivery = publishThrough(
                () -> {
                    synchronized (random) {
                        return switch (random.nextInt(8)) {
                            case 0 -> Fault.RESET_BEFORE;
                            case 1 -> Fault.RESET_AFTER;
                            case 2 -> Fault.InternalFailure;
                            default -> Fault.NONE;
                        };
                    }
                },
                true);
        assertThat(delivery.possibleDuplicates()).isPositive();
    }

    /** Publishes through a faulty proxy and checks what is on the stream, once duplicates are removed. */
    private static Delivery<Line> publishThrough(Supplier<Fault> faults, boolean duplicatesExpected)
            throws IOException {
        return publishThrough(faults, duplicatesExpected, QUICK.requestTimeout());
    }

    private static Delivery<Line> publishThrough(Supplier<Fault> faults, boolean duplicatesExpected, Duration timeout)
            throws IOException {
        KinesisStream direct = newStream(plain);
        try (FaultyProxy proxy = new FaultyProxy(emulator.endpoint(), LATE, faults);
                KinesisAsyncClient client = client(proxy.endpoint())) {
            List<Line> lines = lines(FAULTY_RECORDS, 100);
            KinesisPublisher<Line> publisher = KinesisPublisher.to(
                    new KinesisStream(direct.name(), client),
                    WireForm.identifiedJson(SCHEMA, Line::key),
                    QUICK.withRequestTimeout(timeout));
            lines.forEach(publisher::publish);
            Delivery<Line> delivery = publisher.flush();
            publisher.close();

            assertThat(delivery.isComplete()).isTrue();
            assertThat(delivery.acknowledged()).isEqualTo(FAULTY_RECORDS);
            assertThat(read(direct, true)).isEqualTo(byKey(lines));
            int copies =
                    read(direct, false).values().stream().mapToInt(List::size).sum();
            if (duplicatesExpected) {
                assertThat(copies).isGreaterThan(FAULTY_RECORDS).isLessThanOrEqualTo((int)
                        (FAULTY_RECORDS + delivery.retried()));
            } else {
                assertThat(copies).isEqualTo(FAULTY_RECORDS);
            }
            return delivery;
        }
    }

    @Test
    void takesARecordOfExactlyOneMebibyteAndRefusesOneByteMore() {
        KinesisStream stream = newStream(plain);
        try (KinesisPublisher<Integer> publisher =
                KinesisPublisher.to(stream, WireForm.bytes(byte[]::new, size -> "k"), QUICK)) {
            publisher.publish((1 << 20) - 1);
            assertThatThrownBy(() -> publisher.publish(1 << 20))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot publish to stream %s: a record has 1048577 bytes with its key"
                                    .formatted(stream.name())
                            + " (must have at most 1048576; split it)");
            publisher.publish(1);
            assertThat(publisher.flush().acknowledged()).isEqualTo(2);
        }
    }

    @Test
    void tellsAtOnceThatTheStreamIsMissing() {
        KinesisStream stream = new KinesisStream("missing", plain);
        KinesisPublisher<Line> publisher = KinesisPublisher.to(stream, WireForm.json(SCHEMA, Line::key), QUICK);
        lines(10, 3).forEach(publisher::publish);
        Delivery<Line> delivery = publisher.flush();

        String reason = "Cannot publish to stream missing: it does not exist (create it, or check name and region)";
        assertThat(delivery.failure()).contains(reason);
        assertThat(delivery.unacknowledged())
                .extracting(Delivery.Unacknowledged::number)
                .hasSize(10)
                .isSorted();
        assertThat(delivery.unacknowledged()).noneMatch(Delivery.Unacknowledged::possiblyWritten);
        assertThatThrownBy(() -> publisher.publish(new Line("k", 1, "")))
                .isInstanceOf(PublisherException.class)
                .hasMessage(reason);
        assertThatThrownBy(publisher::close)
                .isInstanceOf(PublisherException.class)
                .hasMessage(reason + " (10 of 10 records are not acknowledged)");
    }

    @Test
    void tellsAtOnceThatAccessIsDenied() throws IOException {
        KinesisStream direct = newStream(plain);
        try (FaultyProxy proxy =
                        new FaultyProxy(emulator.endpoint(), Duration.ZERO, () -> Fault.AccessDeniedException);
                KinesisAsyncClient client = client(proxy.endpoint())) {
            KinesisPublisher<Line> publisher = KinesisPublisher.to(
                    new KinesisStream(direct.name(), client), WireForm.json(SCHEMA, Line::key), QUICK);
            publisher.publish(new Line("k", 1, ""));
            assertThat(publisher.flush().failure().orElseThrow())
                    .startsWith("Cannot publish to stream %s: access denied (allow kinesis:PutRecords)"
                            .formatted(direct.name()))
                    .doesNotContain("\n");
            assertThat(proxy.puts()).isEqualTo(1);
        }
    }

    @Test
    void reportsRecordsThatAreNotAcceptedInTimeAndWhetherTheyMayBeWritten() throws IOException {
        KinesisStream direct = newStream(plain);
        AtomicInteger calls = new AtomicInteger();
        try (FaultyProxy proxy = new FaultyProxy(
                        emulator.endpoint(),
                        Duration.ZERO,
                        () -> calls.getAndIncrement() == 0 ? Fault.NONE : Fault.RESET_AFTER);
                KinesisAsyncClient client = client(proxy.endpoint())) {
            KinesisPublisher<Line> publisher = KinesisPublisher.to(
                    new KinesisStream(direct.name(), client),
                    WireForm.json(SCHEMA, Line::key),
                    QUICK.withGiveUpAfter(Duration.ofMillis(300)));
            publisher.publish(new Line("a", 1, ""));
            assertThat(publisher.flush().isComplete()).isTrue();
            publisher.publish(new Line("a", 2, ""));
            publisher.publish(new Line("a", 3, ""));
            Delivery<Line> delivery = publisher.flush();

            assertThat(delivery.acknowledged()).isEqualTo(1);
            assertThat(delivery.unacknowledged())
                    .extracting(Delivery.Unacknowledged::number, Delivery.Unacknowledged::possiblyWritten)
                    .containsExactly(tuple(1L, true), tuple(2L, false));
            assertThat(delivery.failure().orElseThrow()).contains("was not accepted within PT0.3S");
            assertThat(proxy.puts()).as("the SDK does not retry by itself").isEqualTo(1 + 1 + (int) delivery.retried());
        }
    }

    @Test
    void refusesOrWaitsWhenItsBufferIsFull() throws Exception {
        KinesisStream direct = newStream(plain);
        try (FaultyProxy proxy = new FaultyProxy(emulator.endpoint(), Duration.ofSeconds(4), () -> Fault.LATE_ANSWER);
                KinesisAsyncClient slow = client(proxy.endpoint())) {
            PublisherOptions small = QUICK.withBufferBytes((1 << 20) + PublisherOptions.RECORD_OVERHEAD);
            KinesisPublisher<Integer> refusing = KinesisPublisher.to(
                    new KinesisStream(direct.name(), slow),
                    WireForm.bytes(byte[]::new, size -> "k"),
                    small.withWhenFull(PublisherOptions.WhenFull.REFUSE).withGiveUpAfter(Duration.ofMillis(1)));
            refusing.publish(1_000_000);
            assertThatThrownBy(() -> refusing.publish(100_000))
                    .isInstanceOfSatisfying(
                            PublisherException.class,
                            failure -> assertThat(failure.isRetryable()).isTrue())
                    .hasMessageContaining("its buffer of 1048832 bytes is full");
            assertThat(refusing.tally().taken()).isEqualTo(1);
            assertThat(refusing.tally().refused()).isEqualTo(1);
            refusing.flush();
        }

        KinesisPublisher<Integer> waiting = KinesisPublisher.to(
                direct,
                WireForm.bytes(byte[]::new, size -> "k"),
                QUICK.withBufferBytes((1 << 20) + PublisherOptions.RECORD_OVERHEAD));
        try (waiting) {
            for (int i = 0; i < 4; i++) {
                waiting.publish(1_000_000);
            }
        }
        assertThat(waiting.tally().acknowledged()).isEqualTo(4);
    }

    @Test
    void createsAStreamOnceHoweverManyAskForIt() {
        KinesisStream stream = new KinesisStream("created-once", plain);
        List<CompletableFuture<Boolean>> asked = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> stream.createIfMissing(Duration.ofSeconds(30))))
                .toList();
        assertThat(asked.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(stream.createIfMissing(Duration.ofSeconds(30))).isFalse();
        assertThat(plain.describeStreamSummary(r -> r.streamName("created-once"))
                        .join()
                        .streamDescriptionSummary()
                        .streamModeDetails()
                        .streamMode())
                .isEqualTo(StreamMode.ON_DEMAND);
    }

    private static List<Line> lines(int count, int keys) {
        Random random = new Random(count);
        List<Line> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(new Line("part-%05d".formatted(1 + random.nextInt(keys)), i, "담배 " + random.nextLong()));
        }
        return lines;
    }

    private static Map<String, List<Line>> byKey(List<Line> lines) {
        Map<String, List<Line>> byKey = new TreeMap<>();
        lines.forEach(line ->
                byKey.computeIfAbsent(line.key(), key -> new ArrayList<>()).add(line));
        return byKey;
    }

    private static KinesisStream newStream(KinesisAsyncClient client) {
        KinesisStream stream = new KinesisStream("lines-" + STREAMS.incrementAndGet(), client);
        client.createStream(r -> r.streamName(stream.name()).shardCount(SHARDS)).join();
        assertThat(stream.createIfMissing(Duration.ofSeconds(30))).isFalse();
        return stream;
    }

    /** All lines of the stream by partition key, in the order of the stream. */
    private static Map<String, List<Line>> read(KinesisStream stream, boolean withoutDuplicates) {
        JsonLines<Line> json = JsonLines.of(SCHEMA);
        Map<String, List<Line>> lines = new HashMap<>();
        for (Shard shard :
                plain.listShards(r -> r.streamName(stream.name())).join().shards()) {
            Deduplicator deduplicator = Deduplicator.remembering(RECORDS);
            String iterator = plain.getShardIterator(r -> r.streamName(stream.name())
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .join()
                    .shardIterator();
            GetRecordsResponse page;
            do {
                String from = iterator;
                page = plain.getRecords(r -> r.shardIterator(from)).join();
                page.records().forEach(record -> {
                    byte[] data = record.data().asByteArray();
                    if (!withoutDuplicates
                            || deduplicator.isFirst(Deduplicator.idOf(data).orElseThrow())) {
                        lines.computeIfAbsent(record.partitionKey(), key -> new ArrayList<>())
                                .add(json.decode(data).orElseThrow());
                    }
                });
                iterator = page.nextShardIterator();
            } while (!page.records().isEmpty());
        }
        return lines;
    }

    private static KinesisAsyncClient client(URI endpoint, ExecutionInterceptor... interceptors) {
        return KinesisAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.AP_NORTHEAST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
                .overrideConfiguration(config -> config.executionInterceptors(List.of(interceptors)))
                .build();
    }
}
