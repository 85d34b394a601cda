package io.tributary.speed.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.KmsThrottlingException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

class ShardFetcherTest {
    private static final Instant NOON = Instant.parse("2015-01-02T12:00:00Z");
    private static final KinesisSourceOptions OPTIONS = KinesisSourceOptions.defaults()
            .withPollInterval(Duration.ofMillis(200))
            .withMaxRecordsPerFetch(2);

    private final FakeKinesis kinesis = new FakeKinesis();
    private final List<String> emitted = new ArrayList<>();
    private final Set<String> finished = new TreeSet<>();
    private final Set<String> released = new TreeSet<>();
    private final Set<String> noted = new HashSet<>();
    private final FetchMetrics metrics = new FetchMetrics(new UnregisteredMetricsGroup());

    @Test
    void readsAClosedShardToItsEnd() throws IOException {
        put("a", "1", "2", "3");
        kinesis.close("a");
        ShardFetcher fetcher = reading(null, "a");
        fetchTimes(fetcher, 2);

        assertThat(emitted).containsExactly("a1", "a2", "a3");
        assertThat(finished).containsExactly("a");
    }

    @Test
    void holdsAnEndedShardUntilItsEndIsNoted() throws IOException {
        kinesis.close("a");
        ShardFetcher fetcher = reading(null, "a");
        fetchTimes(fetcher, 3);
        assertThat(finished).containsExactly("a");
        assertThat(released).isEmpty();

        noted.add("a");
        fetchTimes(fetcher, 1);
        assertThat(released).containsExactly("a");
    }

    @Test
    void namesNewShardsBeforeItReadsThem() throws IOException {
        put("a", "1");
        ShardFetcher fetcher = fetcher(null);
        fetcher.handleSplitsChanges(new SplitsAddition<>(List.of(split("a"), split("b"))));
        RecordsWithSplitIds<Fetched> first = fetcher.fetch();

        assertThat(List.of(first.nextSplit(), first.nextSplit())).containsExactlyInAnyOrder("a", "b");
        assertThat(kinesis.readNanos).isEmpty();
    }

    @Test
    void givesABusyShardNoMoreTurnsThanAQuietOneAndKeepsThePollInterval() throws IOException {
        put("busy", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        put("quiet", "1");
        ShardFetcher fetcher = reading(null, "busy", "quiet");
        long started = System.nanoTime();
        fetchTimes(fetcher, 8);

        assertThat(kinesis.readNanos.get("busy")).hasSize(4);
        assertThat(kinesis.readNanos.get("quiet")).hasSize(4);
        // A fetch is due one interval after the one before it began, which is earlier than the stream sees it.
        for (String shard : List.of("busy", "quiet")) {
            assertThat(kinesis.readNanos.get(shard).get(3) - started)
                    .isGreaterThanOrEqualTo(
                            OPTIONS.pollInterval().multipliedBy(3).toNanos());
        }
    }

    @Test
    void readsOnAfterTheLastRecordWhenAnIteratorHasExpired() throws IOException {
        put("a", "1", "2", "3");
        ShardFetcher fetcher = reading(null, "a");
        fetchTimes(fetcher, 1);
        kinesis.failNextReads("a", error(ExpiredIteratorException.builder(), 400));
        fetchTimes(fetcher, 2);

        assertThat(emitted).containsExactly("a1", "a2", "a3");
        assertThat(kinesis.iterators)
                .extracting(request -> request.shardIteratorType() + " " + request.startingSequenceNumber())
                .containsExactly("TRIM_HORIZON null", "AFTER_SEQUENCE_NUMBER 2");
    }

    @Test
    void waitsOutThrottlingOfOneShardAndReadsTheOthers() throws IOException {
        put("a", "1");
        put("b", "1");
        SdkException[] burst = new SdkException[3];
        Arrays.fill(burst, error(ProvisionedThroughputExceededException.builder(), 400));
        burst[1] = error(KmsThrottlingException.builder(), 400);
        kinesis.failNextReads("a", burst);
        ShardFetcher fetcher = reading(null, "a", "b");
        while (emitted.size() < 2) {
            fetchTimes(fetcher, 1);
        }

        assertThat(emitted).containsExactly("b1", "a1");
        assertThat(metrics.retries()).isEqualTo(3);
        assertThat(kinesis.readNanos.get("b")).hasSizeGreaterThan(1);
        assertThat(kinesis.shortestPause("a")).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void isFurtherBehindTheLongerAShardIsThrottled() throws IOException {
        put("a", "1");
        put("b", "1");
        SdkException[] burst = new SdkException[20];
        Arrays.fill(burst, error(ProvisionedThroughputExceededException.builder(), 400));
        kinesis.failNextReads("a", burst);
        ShardFetcher fetcher = reading(null, "a", "b");
        long started = System.nanoTime();
        while (System.nanoTime() - started < 1_500_000_000L) {
            fetchTimes(fetcher, 1);
        }

        assertThat(metrics.behindSeconds()).isBetween(1L, 60L);
    }

    @Test
    void readsAgainAfterAServerErrorAndAConnectionReset() throws IOException {
        put("a", "1");
        kinesis.failNextReads(
                "a",
                error(KinesisException.builder(), 500),
                SdkClientException.create("Unable to execute HTTP request", new IOException("Connection reset")));
        fetchTimes(reading(null, "a"), 3);

        assertThat(emitted).containsExactly("a1");
    }

    @Test
    void failsAtOnceWhenTheShardIsGone() throws IOException {
        kinesis.failNextReads("a", error(ResourceNotFoundException.builder(), 400));
        ShardFetcher fetcher = reading(null, "a");

        assertThatThrownBy(fetcher::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot read shard a of stream orders: it is gone with its records");
    }

    @Test
    void failsAtOnceWhenAccessIsDenied() throws IOException {
        kinesis.failNextReads("a", error(KinesisException.builder(), 403));
        ShardFetcher fetcher = reading(null, "a");

        assertThatThrownBy(fetcher::fetch)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot read shard a of stream orders: ");
    }

    @Test
    void goesOnAfterTheSequenceNumberOfItsState() throws IOException {
        put("a", "1", "2", "3");
        ShardFetcher fetcher = fetcher(null);
        fetcher.handleSplitsChanges(new SplitsAddition<>(
                List.of(new KinesisSplit("a", StartPosition.trimHorizon(), BigInteger.TWO, false))));
        fetchTimes(fetcher, 2);

        assertThat(emitted).containsExactly("a3");
    }

    @Test
    void startsAtATimestamp() throws IOException {
        ShardFetcher fetcher = fetcher(null);
        fetcher.handleSplitsChanges(new SplitsAddition<>(List.of(KinesisSplit.unread("a", StartPosition.at(NOON)))));
        fetchTimes(fetcher, 2);

        assertThat(kinesis.iterators.get(0).shardIteratorType()).isEqualTo(ShardIteratorType.AT_TIMESTAMP);
        assertThat(kinesis.iterators.get(0).timestamp()).isEqualTo(NOON);
    }

    /** Latest is fixed by the clock of the machine that submits the job, which may be ahead. */
    @Test
    void waitsUntilTheServiceHasReachedTheTimestamp() throws IOException {
        put("a", "1");
        kinesis.failNextIterator(error(InvalidArgumentException.builder(), 400));
        ShardFetcher fetcher = fetcher(null);
        fetcher.handleSplitsChanges(new SplitsAddition<>(List.of(KinesisSplit.unread("a", StartPosition.at(NOON)))));
        fetchTimes(fetcher, 3);

        assertThat(emitted).containsExactly("a1");
        assertThat(metrics.retries()).isEqualTo(1);
    }

    @Test
    void endsBeforeTheFirstRecordThatArrivedAtTheEnd() throws IOException {
        kinesis.put("a", "a1", NOON.minusMillis(1));
        kinesis.put("a", "a2", NOON);
        fetchTimes(reading(NOON, "a"), 1);

        assertThat(emitted).containsExactly("a1");
        assertThat(finished).containsExactly("a");
    }

    @Test
    void endsAnOpenShardThatHasNothingMoreOnceTheEndHasPassed() throws IOException {
        put("a", "1");
        kinesis.time = NOON.plusSeconds(2);
        ShardFetcher fetcher = reading(NOON.plusSeconds(1), "a");
        fetchTimes(fetcher, 1);
        assertThat(finished).isEmpty();
        fetchTimes(fetcher, 1);

        assertThat(emitted).containsExactly("a1");
        assertThat(finished).containsExactly("a");
    }

    /** The clock of the machine may be ahead. */
    @Test
    void keepsAnOpenShardUntilTheEndHasPassedByTheClockOfTheService() throws IOException {
        kinesis.time = NOON;
        ShardFetcher fetcher = reading(NOON, "a");
        fetchTimes(fetcher, 2);
        kinesis.put("a", "a1", NOON.minusMillis(1));
        kinesis.time = NOON.plusSeconds(1);
        fetchTimes(fetcher, 1);
        assertThat(finished).isEmpty();
        fetchTimes(fetcher, 1);

        assertThat(emitted).containsExactly("a1");
        assertThat(finished).containsExactly("a");
    }

    private void put(String shard, String... numbers) {
        for (String number : numbers) {
            kinesis.put(shard, shard + number, NOON);
        }
    }

    private static KinesisSplit split(String id) {
        return KinesisSplit.unread(id, StartPosition.trimHorizon());
    }

    private ShardFetcher fetcher(@Nullable Instant until) {
        return new ShardFetcher(kinesis, "orders", OPTIONS, until, metrics, noted);
    }

    private ShardFetcher reading(@Nullable Instant until, String... shards) throws IOException {
        ShardFetcher fetcher = fetcher(until);
        fetcher.handleSplitsChanges(new SplitsAddition<>(
                Arrays.stream(shards).map(ShardFetcherTest::split).toList()));
        fetcher.fetch();
        return fetcher;
    }

    private void fetchTimes(ShardFetcher fetcher, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            RecordsWithSplitIds<Fetched> batch = fetcher.fetch();
            while (batch.nextSplit() != null) {
                Fetched fetched = batch.nextRecordFromSplit();
                while (fetched != null) {
                    take(fetched);
                    fetched = batch.nextRecordFromSplit();
                }
            }
            released.addAll(batch.finishedSplits());
        }
    }

    private void take(Fetched fetched) {
        if (fetched instanceof Fetched.Data data) {
            emitted.add(new String(data.record().data(), UTF_8));
        } else if (fetched instanceof Fetched.End end) {
            finished.add(end.shardId());
        }
    }

    private static KinesisException error(KinesisException.Builder builder, int status) {
        builder.statusCode(status);
        builder.awsErrorDetails(AwsErrorDetails.builder()
                .errorCode("Injected")
                .errorMessage("injected")
                .build());
        return (KinesisException) builder.build();
    }
}
