package io.tributary.aws;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes records to a table in batches, several at a time. A record replaces the one of the same key; of
 * several given with one key the last stays. Hence writing the same records again changes nothing.
 *
 * <p>{@link #write} waits when enough is under way, so that little is held in memory. Nothing is certain
 * before {@link #flush} or {@link #close} has returned. After a {@link DynamoWriteException} nothing more is
 * sent. For one thread.
 *
 * @param <V> the record
 */
public final class DynamoWriter<V> implements AutoCloseable {
    private final DynamoDbAsyncClient client;
    private final String tableName;
    private final DynamoItems<V> items;
    private final DynamoRetry retry;
    private final DynamoFailures failures;
    private final LongConsumer progress;
    private final DynamoRequests requests;

    private final AtomicLong written = new AtomicLong();
    private final Set<String> keysInFlight = ConcurrentHashMap.newKeySet();
    private final Queue<String> failedKeys = new ConcurrentLinkedQueue<>();
    /** What is being filled, and what waits for a place to be sent. */
    private DynamoBatch batch = new DynamoBatch();

    private DynamoBatch waiting = new DynamoBatch();
    private long told;
    private @Nullable DynamoWriteException broken;

    DynamoWriter(
            DynamoDbAsyncClient client,
            String tableName,
            DynamoItems<V> items,
            DynamoTableOptions options,
            LongConsumer progress) {
        this.client = client;
        this.tableName = tableName;
        this.items = items;
        this.retry = new DynamoRetry(options);
        this.failures = new DynamoFailures(tableName, items.key());
        this.progress = progress;
        this.requests = new DynamoRequests(options.requestsInFlight());
    }

    /**
     * Takes a record, to be written with others.
     *
     * @throws IllegalArgumentException naming key, field and value, when DynamoDB could not hold it; the writer
     *     stays usable
     * @throws DynamoWriteException when an earlier record could not be written
     */
    public void write(V row) {
        failIfBroken();
        DynamoItem item = items.toItem(row);
        if (!batch.add(item)) {
            DynamoBatch next = new DynamoBatch();
            next.add(item);
            send(next);
        } else if (batch.isFull()) {
            send(new DynamoBatch());
        }
    }

    /** Writes them all and waits until they are confirmed. */
    public void writeAll(Iterable<? extends V> rows) {
        rows.forEach(this::write);
        flush();
    }

    /**
     * Waits until all that was given is written.
     *
     * @throws DynamoWriteException when it is not, with what was and what was not
     */
    public void flush() {
        failIfBroken();
        if (!batch.isEmpty()) {
            send(new DynamoBatch());
        }
        await();
    }

    /** How many items DynamoDB has confirmed. Of records with one key in one batch, only the last is an item. */
    public long written() {
        return written.get();
    }

    /** As {@link #flush}, unless writing has already ended early. */
    @Override
    public void close() {
        if (broken == null) {
            flush();
        }
    }

    private void send(DynamoBatch next) {
        waiting = batch;
        batch = next;
        // The last record of a key must arrive last.
        if (waiting.keys().stream().anyMatch(keysInFlight::contains)) {
            await();
        }
        List<DynamoItem> sent = waiting.items();
        boolean accepted;
        try {
            accepted = requests.send(() -> start(sent));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (accepted) {
            waiting = new DynamoBatch();
            tell();
        } else {
            await();
        }
    }

    private CompletableFuture<Void> start(List<DynamoItem> sent) {
        Map<String, DynamoItem> left = new ConcurrentHashMap<>();
        sent.forEach(item -> left.put(item.key(), item));
        keysInFlight.addAll(left.keySet());
        return retry.run(sent, todo -> request(todo, left)).whenComplete((done, failure) -> {
            failedKeys.addAll(left.keySet());
            sent.forEach(item -> keysInFlight.remove(item.key()));
        });
    }

    private CompletableFuture<List<DynamoItem>> request(List<DynamoItem> todo, Map<String, DynamoItem> left) {
        List<WriteRequest> puts = todo.stream()
                .map(item -> WriteRequest.builder()
                        .putRequest(put -> put.item(item.attributes()))
                        .build())
                .toList();
        return client.batchWriteItem(request -> request.requestItems(Map.of(tableName, puts)))
                .thenApply(response -> {
                    left.keySet().retainAll(unprocessedKeys(response));
                    written.addAndGet((long) todo.size() - left.size());
                    return List.copyOf(left.values());
                });
    }

    private Set<String> unprocessedKeys(BatchWriteItemResponse response) {
        return response.unprocessedItems().values().stream()
                .flatMap(List::stream)
                .map(write -> items.keyOf(write.putRequest().item()))
                .collect(Collectors.toSet());
    }

    /** Waits for all that is under way. */
    private void await() {
        try {
            requests.await();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        tell();
        Throwable failure = requests.failure();
        if (failure != null) {
            throw breakOff(failures.of("write to", failure));
        }
    }

    private void tell() {
        long now = written.get();
        if (now > told) {
            told = now;
            progress.accept(now);
        }
    }

    private DynamoWriteException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return breakOff(DynamoTable.interrupted(cause));
    }

    private DynamoWriteException breakOff(DynamoException cause) {
        Set<String> unconfirmed = new LinkedHashSet<>(failedKeys);
        unconfirmed.addAll(keysInFlight);
        unconfirmed.addAll(waiting.keys());
        unconfirmed.addAll(batch.keys());
        DynamoWriteException failure = new DynamoWriteException(written.get(), List.copyOf(unconfirmed), cause);
        broken = failure;
        return failure;
    }

    private void failIfBroken() {
        if (broken != null) {
            throw broken;
        }
    }
}
