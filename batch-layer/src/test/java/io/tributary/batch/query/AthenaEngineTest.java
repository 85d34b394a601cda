package io.tributary.batch.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.DURATION;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.batch.server.AthenaServer;
import io.tributary.batch.server.SqlBackend;
import io.tributary.batch.server.SqlBackend.Result;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.athena.AthenaClient;

/** The engine over Athena's protocol, with answers that are made up. */
@Timeout(30)
class AthenaEngineTest {
    private static final String START = "StartQueryExecution";
    private static final String POLL = "GetQueryExecution";
    private static final String READ = "GetQueryResults";
    private static final String STOP = "StopQueryExecution";
    private static final Query ONE = Query.of("select 1");

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicReference<SqlBackend> backend = new AtomicReference<>(
            (database, sql, parameters) -> new Result(List.of("_col0"), List.of(List.of("1")), 42));
    private AthenaServer server;
    private AthenaClient client;
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = Instant.parse("2023-09-07T04:00:00Z");

    @BeforeEach
    void start() {
        server = AthenaServer.start((database, sql, parameters) -> {
            runs.incrementAndGet();
            return backend.get().run(database, sql, parameters);
        });
        client = server.clientBuilder()
                .overrideConfiguration(client -> client.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    /** Its clock runs only while it pauses, which takes a millisecond. */
    private AthenaEngine engine(AthenaOptions options) {
        return new AthenaEngine(client, options, new Pace(() -> now, this::pause));
    }

    private void pause(Duration duration) throws InterruptedException {
        pauses.add(duration);
        now = now.plus(duration);
        TimeUnit.MILLISECONDS.sleep(1);
    }

    private AthenaEngine engine() {
        return engine(AthenaOptions.defaults());
    }

    private void neverEnd() {
        backend.set((database, sql, parameters) -> {
            never.await();
            throw new IllegalStateException("unreachable");
        });
    }

    @Test
    void asksWithAllThatWasTold() {
        AthenaOptions options = AthenaOptions.defaults()
                .withWorkGroup("team")
                .withDatabase("store")
                .withOutputLocation("s3://results/athena/")
                .withReuseOfResults(Duration.ofMinutes(5));
        QueryResult result = engine(options).run(Query.of("select ?, ?, ?", "it's", 5, new BigDecimal("1E+3")));
        assertThat(result.columns()).containsExactly("_col0");
        assertThat(result.rows()).containsExactly(List.of("1"));
        assertThat(result.statistics().scannedBytes()).isEqualTo(42);
        assertThat(result.statistics().queryId()).isNotBlank();
        JsonNode request = server.requests(START).get(0);
        assertThat(request.path("ExecutionParameters").toString()).isEqualTo("[\"'it''s'\",\"5\",\"decimal '1000'\"]");
        assertThat(request.path("WorkGroup").asText()).isEqualTo("team");
        assertThat(request.path("QueryExecutionContext").path("Database").asText())
                .isEqualTo("store");
        assertThat(request.path("ResultConfiguration").path("OutputLocation").asText())
                .isEqualTo("s3://results/athena/");
        assertThat(request.path("ResultReuseConfiguration")
                        .path("ResultReuseByAgeConfiguration")
                        .toString())
                .isEqualTo("{\"Enabled\":true,\"MaxAgeInMinutes\":5}");
        assertThat(request.path("ClientRequestToken").asText()).hasSizeBetween(32, 128);
    }

    /** The text of a statement does not tell when what it reads has changed. */
    @Test
    void takesNoEarlierResultWhereItHasToAskAnew() {
        AthenaOptions options = AthenaOptions.defaults().withReuseOfResults(Duration.ofMinutes(5));
        engine(options).run(ONE.expecting(1).anew().expecting(2));
        assertThat(server.requests(START).get(0).has("ResultReuseConfiguration"))
                .isFalse();
    }

    /** It would go on and be billed though nobody waits for it. */
    @Test
    void aQueryThatCannotBeWatchedIsStopped() {
        neverEnd();
        server.fail(POLL, 1, "ExpiredTokenException", "The security token is expired");
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> engine().run(ONE))
                .withMessageContaining(" was stopped: ExpiredTokenException")
                .matches(e -> !e.isRetryable());
        assertThat(server.requests(STOP)).hasSize(1);
    }

    @Test
    void leavesOutWhatWasNotTold() {
        engine().run(ONE);
        assertThat(server.requests(START).get(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("QueryString", "ClientRequestToken", "WorkGroup");
    }

    @Test
    void readsEveryPageAndDropsOneHeader() {
        List<List<@Nullable String>> rows = new ArrayList<>();
        rows.add(List.of("n", "text"));
        IntStream.range(0, 2_499).forEach(i -> rows.add(Arrays.asList(String.valueOf(i), i % 2 == 0 ? null : "")));
        backend.set((database, sql, parameters) -> new Result(List.of("n", "text"), rows, 0));
        assertThat(engine().run(ONE).rows()).isEqualTo(rows);
        assertThat(server.requests(READ)).hasSize(3);
    }

    @Test
    void aStatementThatIsNoSelectHasNoHeader() {
        backend.set((database, sql, parameters) ->
                new Result(List.of("partition"), List.of(List.of("partition"), List.of("hour=04")), 0));
        assertThat(engine().run(Query.of("show partitions t")).rows())
                .containsExactly(List.of("partition"), List.of("hour=04"));
        backend.set((database, sql, parameters) -> new Result(List.of(), List.of(), 0));
        assertThat(engine().run(Query.of("create table t (a int)")).rows()).isEmpty();
    }

    @Test
    void aThrottledRequestIsSentAgainWithTheSameToken() {
        server.fail(START, 7, "TooManyRequestsException", "Rate exceeded");
        server.fail(POLL, 7, "ThrottlingException", "Rate exceeded");
        server.fail(READ, 7, "TooManyRequestsException", "Rate exceeded");
        AthenaEngine engine = engine();
        assertThat(engine.run(ONE).rows()).hasSize(1);
        assertThat(engine.tally().retries()).isEqualTo(21);
        assertThat(engine.tally().scannedBytes()).isEqualTo(42);
        assertThat(runs).hasValue(1);
        assertThat(server.requests(START)).hasSize(8);
        assertThat(server.requests(START).stream().map(request -> request.path("ClientRequestToken")))
                .containsOnly(server.requests(START).get(0).path("ClientRequestToken"));
        assertThat(pauses).isNotEmpty();
    }

    @Test
    void throttlingBeyondTheTimeoutIsAnError() {
        server.fail(START, 10_000, "TooManyRequestsException", "Rate exceeded");
        QueryException e = catchThrowableOfType(
                QueryException.class,
                () -> engine(AthenaOptions.defaults().withTimeout(Duration.ofSeconds(5)))
                        .run(ONE));
        assertThat(e)
                .hasMessageStartingWith("Cannot run a query on Athena: it may not have started: requests were throttled"
                        + " beyond PT5S (TooManyRequestsException: Rate exceeded (status 400, request ")
                .hasMessageEndingWith("(the query: select 1)");
        assertThat(e.isRetryable()).isTrue();
        assertThat(runs).hasValue(0);
    }

    @Test
    void aRetryOfTheSdkDoesNotRunTheQueryTwice() {
        server.fail(READ, 1, "InternalServerException", "Oops");
        server.fail(START, 1, "InternalServerException", "Oops");
        try (AthenaClient retrying = server.client()) {
            AthenaEngine engine = AthenaEngine.on(retrying, AthenaOptions.defaults());
            assertThat(engine.run(ONE).rows()).hasSize(1);
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void aFailedQueryIsNotRunAgainAndItsReasonIsOneLine() {
        backend.set((database, sql, parameters) -> {
            throw new IllegalArgumentException("COLUMN_NOT_FOUND: line 1:8:\n 100% 'x' cannot be resolved");
        });
        QueryException e = catchThrowableOfType(QueryException.class, () -> engine().run(Query.of("select x\nfrom t")));
        assertThat(e)
                .hasMessage(
                        "Cannot run a query on Athena: query %s FAILED: COLUMN_NOT_FOUND: line 1:8: 100%% 'x'"
                                + " cannot be resolved (the query: select x from t)",
                        e.queryId().orElseThrow());
        assertThat(e.isRetryable()).isFalse();
        assertThat(e.sql()).isEqualTo("select x\nfrom t");
        assertThat(runs).hasValue(1);
    }

    @Test
    void aRefusedRequestIsAnErrorAtOnce() {
        server.fail(START, 1, "InvalidRequestException", "WorkGroup nope is not found");
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> engine().run(ONE))
                .withMessageStartingWith(
                        "Cannot run a query on Athena: InvalidRequestException: WorkGroup nope is not found")
                .matches(e -> !e.isRetryable() && e.queryId().isEmpty());
        assertThat(server.requests(START)).hasSize(1);
    }

    @Test
    void aQueryThatDoesNotEndInTimeIsStopped() {
        neverEnd();
        QueryException e = catchThrowableOfType(
                QueryException.class,
                () -> engine(AthenaOptions.defaults().withTimeout(Duration.ofMinutes(1)))
                        .run(ONE));
        assertThat(e)
                .hasMessage(
                        "Cannot run a query on Athena: query %s was stopped: it did not end within PT1M"
                                + " (raise the timeout, or select fewer partitions) (the query: select 1)",
                        e.queryId().orElseThrow());
        assertThat(server.requests(STOP)).hasSize(1);
        assertThat(pauses).first(DURATION).isLessThanOrEqualTo(Duration.ofMillis(100));
        assertThat(pauses).last(DURATION).isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(3));
    }

    @Test
    void aQueryIsStoppedWhenItsThreadIsInterrupted() throws InterruptedException {
        neverEnd();
        AthenaEngine engine = AthenaEngine.on(client, AthenaOptions.defaults());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
        Thread thread = new Thread(() -> {
            thrown.set(catchThrowable(() -> engine.run(ONE)));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        awaitPoll();
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(QueryException.class).hasMessageContaining("its thread was interrupted");
        assertThat(interrupted).hasValue(true);
        assertThat(server.requests(STOP)).hasSize(1);
    }

    @Test
    void closingTheEngineStopsWhatRuns() throws InterruptedException {
        neverEnd();
        AthenaEngine engine = AthenaEngine.on(client, AthenaOptions.defaults());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> thrown.set(catchThrowable(() -> engine.run(ONE))));
        thread.start();
        awaitPoll();
        engine.close();
        thread.join();
        assertThat(thrown.get()).hasMessageContaining("CANCELLED: Query was cancelled by user");
        assertThat(server.requests(STOP)).hasSize(1);
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> engine.run(ONE))
                .withMessageContaining("the engine is closed");
    }

    private void awaitPoll() throws InterruptedException {
        while (server.requests(POLL).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Test
    void saysSoWhenAQueryCannotBeStopped() {
        neverEnd();
        server.fail(STOP, 100, "InvalidRequestException", "Not now");
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> engine(AthenaOptions.defaults().withTimeout(Duration.ofSeconds(1)))
                        .run(ONE))
                .withMessageContaining(
                        "may still be running, as it cannot be stopped (InvalidRequestException: Not now");
    }

    @Test
    void refusesAQueryThatWouldReadTooMuchBeforeItIsBilled() {
        AthenaEngine engine = engine(AthenaOptions.defaults().withMostBytes(1_000));
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> engine.run(ONE.expecting(1_001)))
                .withMessage("Cannot run a query on Athena: it would read 1001 bytes (the limit is 1000;"
                        + " select fewer partitions, or raise it) (the query: select 1)");
        assertThat(server.requests(START)).isEmpty();
        assertThat(engine.run(ONE.expecting(1_000)).rows()).hasSize(1);
    }

    @Test
    void refusesWhatAthenaDoesNotTake() {
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> engine().run(Query.of(" ".repeat(262_145))))
                .withMessageContaining("it has 262145 bytes (Athena takes 1 to 262144)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine().run(Query.of("select ?, ?", 1, "x".repeat(1_023))))
                .withMessage(
                        "Invalid parameter 2: its literal has 1025 characters (Athena takes at most 1024; shorten it)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine().run(Query.of("select ?", 0.1)))
                .withMessage("Invalid parameter 1: 0.1, a Double (must be a text, an integer or a decimal)");
        assertThat(server.requests(START)).isEmpty();
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        AthenaOptions options = AthenaOptions.defaults();
        assertThatIllegalArgumentException().isThrownBy(() -> options.withWorkGroup("my group"));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withDatabase(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withOutputLocation("/tmp"));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withReuseOfResults(Duration.ofSeconds(90)));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withReuseOfResults(Duration.ofDays(8)));
        assertThatIllegalArgumentException().isThrownBy(() -> options.withMostBytes(-1));
    }
}
