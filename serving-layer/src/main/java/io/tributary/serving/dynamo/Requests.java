package io.tributary.serving.dynamo;

import io.tributary.aws.Backoff;
import io.tributary.aws.SdkReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Sends requests, several at a time, again after a jittered pause when they are throttled or not processed. */
final class Requests implements AutoCloseable {
    /** The most items of a BatchWriteItem; with {@link ItemLayout#CHUNK_BYTES} a batch keeps within 16 MB. */
    static final int BATCH = 25;

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));

    private final DynamoDbClient client;
    private final String table;
    private final int maxAttempts;
    private final ExecutorService threads;
    private final LongAdder retries = new LongAdder();

    Requests(DynamoDbClient client, String table, DynamoOptions options) {
        this.client = client;
        this.table = table;
        this.maxAttempts = options.maxAttempts();
        this.threads = Executors.newFixedThreadPool(options.requestsInFlight(), task -> {
            Thread thread = new Thread(task, "speed-store-" + table);
            thread.setDaemon(true);
            return thread;
        });
    }

    DynamoDbClient client() {
        return client;
    }

    long retries() {
        return retries.sum();
    }

    String table() {
        return table;
    }

    /** One request, sent again while the service throttles it. */
    <T> T send(String action, Supplier<T> request) {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (SdkServiceException e) {
                if (!e.isThrottlingException() || attempt == maxAttempts) {
                    throw e;
                }
                retries.increment();
                pause(action, attempt);
            }
        }
    }

    /**
     * Writes items, in batches.
     *
     * @return whether every attempt was answered: one that was not may still be carried out at any time
     */
    boolean write(String action, List<WriteRequest> writes) {
        List<Callable<Boolean>> batches = new ArrayList<>();
        for (int i = 0; i < writes.size(); i += BATCH) {
            List<WriteRequest> batch = writes.subList(i, Math.min(writes.size(), i + BATCH));
            batches.add(() -> writeBatch(action, batch));
        }
        return !inParallel(action, batches).contains(false);
    }

    private boolean writeBatch(String action, List<WriteRequest> batch) {
        Doubt doubt = new Doubt();
        List<WriteRequest> open = batch;
        for (int attempt = 1; ; attempt++) {
            try {
                BatchWriteItemRequest request = BatchWriteItemRequest.builder()
                        .requestItems(Map.of(table, open))
                        .overrideConfiguration(o -> publishers(doubt).forEach(o::addMetricPublisher))
                        .build();
                open = client.batchWriteItem(request).unprocessedItems().getOrDefault(table, List.of());
            } catch (SdkException e) {
                if (attempt == maxAttempts || !isTransient(e)) {
                    throw e;
                }
            }
            if (open.isEmpty()) {
                return !doubt.isRaised();
            }
            if (attempt == maxAttempts) {
                throw new IllegalStateException(
                        "Cannot %s: %d of %d items were left unprocessed after %d attempts (try again later, or give table %s more capacity)"
                                .formatted(action, open.size(), batch.size(), attempt, table));
            }
            retries.increment();
            pause(action, attempt);
        }
    }

    /** What a request names replaces what the client has. */
    private List<MetricPublisher> publishers(Doubt doubt) {
        List<MetricPublisher> publishers = new ArrayList<>(
                client.serviceClientConfiguration().overrideConfiguration().metricPublishers());
        publishers.add(doubt);
        return publishers;
    }

    private static boolean isTransient(SdkException e) {
        if (e instanceof SdkServiceException service) {
            return service.isThrottlingException() || service.statusCode() >= 500;
        }
        return !(e instanceof NonRetryableException) && !(e instanceof AbortedException);
    }

    /** Runs tasks side by side and gives their results in order, or the first failure. */
    <T> List<T> inParallel(String action, List<Callable<T>> tasks) {
        List<Future<T>> futures = new ArrayList<>();
        List<T> results = new ArrayList<>();
        try {
            for (Callable<T> task : tasks) {
                futures.add(threads.submit(task));
            }
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(action, e);
        } catch (CancellationException | RejectedExecutionException e) {
            throw new IllegalStateException("Cannot %s: the store was closed meanwhile".formatted(action), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("Cannot %s: %s".formatted(action, e.getCause()), e.getCause());
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    /** Waits the longer, the more attempts have failed. */
    void pause(String action, int attempt) {
        try {
            TimeUnit.NANOSECONDS.sleep(BACKOFF.pause(attempt).toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(action, e);
        }
    }

    private static IllegalStateException interrupted(String action, InterruptedException cause) {
        return new IllegalStateException("Cannot %s: interrupted".formatted(action), cause);
    }

    /** The failure of a call in one line, with the request's id as far as the service gave one. */
    RuntimeException failure(String action, SdkException cause) {
        String fix = "";
        if (cause instanceof ResourceNotFoundException) {
            fix = " (make table %s by createTable)".formatted(table);
        } else if (isTransient(cause)) {
            fix = " (may be tried again)";
        }
        return new IllegalStateException("Cannot %s: %s%s".formatted(action, SdkReason.of(cause), fix), cause);
    }

    @Override
    public void close() {
        // Who waits for one that has not begun would wait for ever.
        threads.shutdownNow().forEach(task -> {
            if (task instanceof Future<?> waiting) {
                waiting.cancel(true);
            }
        });
    }
}
