package io.tributary.batch.query;

import io.tributary.aws.Backoff;
import io.tributary.aws.SdkReason;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.model.ColumnInfo;
import software.amazon.awssdk.services.athena.model.Datum;
import software.amazon.awssdk.services.athena.model.GetQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.GetQueryResultsRequest;
import software.amazon.awssdk.services.athena.model.GetQueryResultsResponse;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatistics;
import software.amazon.awssdk.services.athena.model.QueryExecutionStatus;
import software.amazon.awssdk.services.athena.model.ResultReuseByAgeConfiguration;
import software.amazon.awssdk.services.athena.model.ResultReuseInformation;
import software.amazon.awssdk.services.athena.model.Row;
import software.amazon.awssdk.services.athena.model.StartQueryExecutionRequest;
import software.amazon.awssdk.services.athena.model.StatementType;
import software.amazon.awssdk.services.athena.model.TooManyRequestsException;

/** One run of one query, from its start to its last page. For one thread. */
final class AthenaRun {
    private static final int MOST_SQL_BYTES = 262_144;
    private static final int ROWS_OF_A_PAGE = 1_000;
    private static final Backoff POLLS = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(3));
    private static final Backoff RETRIES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(20));

    private final AthenaEngine engine;
    private final AthenaOptions options;
    private final Query query;
    private final Instant deadline;
    private @Nullable String queryId;
    private boolean running;

    AthenaRun(AthenaEngine engine, Query query) {
        this.engine = engine;
        this.options = engine.options();
        this.query = query;
        this.deadline = engine.pace().clock().instant().plus(options.timeout());
    }

    QueryResult run() {
        StartQueryExecutionRequest request = request();
        try {
            String id = call(() -> engine.client().startQueryExecution(request)).queryExecutionId();
            queryId = id;
            running = true;
            try {
                engine.started(id);
                return read(id, await(id));
            } finally {
                engine.ended(id);
            }
        } catch (InterruptedException e) {
            throw stopped("its thread was interrupted", e);
        } catch (SdkException e) {
            if (isInterruption(e)) {
                throw stopped("its thread was interrupted", e);
            }
            throw running ? stopped(SdkReason.of(e), e.retryable(), e) : failure(SdkReason.of(e), e.retryable(), e);
        }
    }

    /** The SDK wraps an interruption in whatever it was about to do. */
    private static boolean isInterruption(@Nullable Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AbortedException
                    || cause instanceof InterruptedException
                    || cause instanceof InterruptedIOException) {
                return true;
            }
        }
        return Thread.currentThread().isInterrupted();
    }

    private StartQueryExecutionRequest request() {
        int bytes = query.sqlBytes();
        if (bytes == 0 || bytes > MOST_SQL_BYTES) {
            throw failure("it has %d bytes (Athena takes 1 to %d)".formatted(bytes, MOST_SQL_BYTES), false, null);
        }
        Long most = options.mostBytes();
        if (most != null && query.expectedBytes().orElse(0) > most) {
            throw failure(
                    "it would read %d bytes (the limit is %d; select fewer partitions, or raise it)"
                            .formatted(query.expectedBytes().orElse(0), most),
                    false,
                    null);
        }
        StartQueryExecutionRequest.Builder request = StartQueryExecutionRequest.builder()
                .queryString(query.sql())
                .clientRequestToken("tributary-" + UUID.randomUUID())
                .workGroup(options.workGroup());
        if (!query.parameters().isEmpty()) {
            request.executionParameters(AthenaLiterals.of(query.parameters()));
        }
        Optional.ofNullable(options.database())
                .ifPresent(name -> request.queryExecutionContext(context -> context.database(name)));
        Optional.ofNullable(options.outputLocation())
                .ifPresent(to -> request.resultConfiguration(result -> result.outputLocation(to)));
        Optional.ofNullable(options.reuse())
                .filter(age -> query.reusable())
                .ifPresent(age -> request.resultReuseConfiguration(
                        reuse -> reuse.resultReuseByAgeConfiguration(ResultReuseByAgeConfiguration.builder()
                                .enabled(true)
                                .maxAgeInMinutes((int) age.toMinutes())
                                .build())));
        return request.build();
    }

    private QueryExecution await(String id) throws InterruptedException {
        GetQueryExecutionRequest request =
                GetQueryExecutionRequest.builder().queryExecutionId(id).build();
        for (int polls = 1; ; polls++) {
            QueryExecution execution =
                    call(() -> engine.client().getQueryExecution(request)).queryExecution();
            QueryExecutionStatus status = execution.status();
            switch (status.state()) {
                case SUCCEEDED -> {
                    running = false;
                    return execution;
                }
                case FAILED, CANCELLED -> throw ended(status);
                default -> checkLimits(execution);
            }
            engine.pace().sleeper().sleep(POLLS.pause(polls));
        }
    }

    private QueryException ended(QueryExecutionStatus status) {
        String reason = status.stateChangeReason();
        boolean retryable = status.athenaError() != null
                && Boolean.TRUE.equals(status.athenaError().retryable());
        return failure(
                status.stateAsString() + ": " + (reason == null ? "no reason is given" : reason), retryable, null);
    }

    private void checkLimits(QueryExecution execution) {
        Long most = options.mostBytes();
        if (most != null && scanned(execution) > most) {
            throw stopped(
                    "it had read %d bytes (the limit is %d; select fewer partitions, or raise it)"
                            .formatted(scanned(execution), most),
                    null);
        }
        if (isLate()) {
            throw stopped(
                    "it did not end within %s (raise the timeout, or select fewer partitions)"
                            .formatted(options.timeout()),
                    null);
        }
    }

    private boolean isLate() {
        return !engine.pace().clock().instant().isBefore(deadline);
    }

    private QueryResult read(String id, QueryExecution execution) throws InterruptedException {
        List<String> columns = List.of();
        List<List<@Nullable String>> rows = new ArrayList<>();
        String next = null;
        do {
            GetQueryResultsRequest request = GetQueryResultsRequest.builder()
                    .queryExecutionId(id)
                    .maxResults(ROWS_OF_A_PAGE)
                    .nextToken(next)
                    .build();
            GetQueryResultsResponse page = call(() -> engine.client().getQueryResults(request));
            List<Row> found = page.resultSet().rows();
            if (next == null) {
                columns = page.resultSet().resultSetMetadata().columnInfo().stream()
                        .map(ColumnInfo::name)
                        .toList();
                found = withoutHeader(execution, columns, found);
            }
            found.forEach(row -> rows.add(texts(row)));
            next = page.nextToken();
        } while (next != null);
        return new QueryResult(columns, rows, statistics(id, execution));
    }

    /** Of a SELECT's rows, the first shows the names of the columns. */
    private static List<Row> withoutHeader(QueryExecution execution, List<String> columns, List<Row> rows) {
        boolean header = execution.statementType() == StatementType.DML
                && !rows.isEmpty()
                && texts(rows.get(0)).equals(columns);
        return header ? rows.subList(1, rows.size()) : rows;
    }

    private static List<@Nullable String> texts(Row row) {
        List<@Nullable String> texts = new ArrayList<>(row.data().size());
        for (Datum datum : row.data()) {
            texts.add(datum.varCharValue());
        }
        return texts;
    }

    private static QueryStatistics statistics(String id, QueryExecution execution) {
        QueryExecutionStatistics statistics = execution.statistics();
        ResultReuseInformation reuse = statistics == null ? null : statistics.resultReuseInformation();
        return new QueryStatistics(
                id, scanned(execution), reuse != null && Boolean.TRUE.equals(reuse.reusedPreviousResult()));
    }

    private static long scanned(QueryExecution execution) {
        QueryExecutionStatistics statistics = execution.statistics();
        Long bytes = statistics == null ? null : statistics.dataScannedInBytes();
        return Objects.requireNonNullElse(bytes, 0L);
    }

    /** Sends a request, again and again while it is throttled. */
    private <T> T call(Supplier<T> request) throws InterruptedException {
        for (int attempts = 1; ; attempts++) {
            try {
                return request.get();
            } catch (AwsServiceException e) {
                if (!isThrottled(e)) {
                    throw e;
                }
                if (isLate()) {
                    throw stopped(
                            "requests were throttled beyond %s (%s)".formatted(options.timeout(), SdkReason.of(e)), e);
                }
            }
            engine.retried();
            engine.pace().sleeper().sleep(RETRIES.pause(attempts));
        }
    }

    private static boolean isThrottled(AwsServiceException e) {
        return e instanceof TooManyRequestsException || e.isThrottlingException();
    }

    /** Stops the query and tells why. */
    private QueryException stopped(String reason, @Nullable Throwable cause) {
        return stopped(reason, !isInterruption(cause), cause);
    }

    private QueryException stopped(String reason, boolean retryable, @Nullable Throwable cause) {
        String id = queryId;
        // An interrupted thread cannot send requests.
        boolean interrupted = isInterruption(cause);
        Thread.interrupted();
        String outcome = "was stopped";
        try {
            if (id == null) {
                outcome = "it may not have started";
            } else {
                engine.stop(id);
            }
        } catch (SdkException e) {
            outcome = "may still be running, as it cannot be stopped (%s)".formatted(SdkReason.of(e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return failure("%s: %s".formatted(outcome, reason), retryable, cause);
    }

    private QueryException failure(String reason, boolean retryable, @Nullable Throwable cause) {
        return new QueryException(AthenaEngine.NAME, reason, query.sql(), queryId, retryable, cause);
    }
}
