package io.tributary.aws;

import io.tributary.enrich.Lookup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads items by their key: one by one, or a hundred a request and several requests at a time. */
final class DynamoLookup<V> implements Lookup<String, V> {
    private static final int MAX_KEYS = 100;

    private final DynamoDbAsyncClient client;
    private final DynamoDbAsyncTable<V> table;
    private final DynamoItems<V> items;
    private final DynamoTableOptions options;
    private final DynamoRetry retry;
    private final DynamoFailures failures;

    DynamoLookup(
            DynamoDbAsyncClient client, DynamoDbAsyncTable<V> table, DynamoItems<V> items, DynamoTableOptions options) {
        this.client = client;
        this.table = table;
        this.items = items;
        this.options = options;
        this.retry = new DynamoRetry(options);
        this.failures = new DynamoFailures(table.tableName(), items.key());
    }

    @Override
    public Optional<V> find(String key) {
        try {
            return findAsync(key).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DynamoTable.interrupted(e);
        } catch (ExecutionException e) {
            throw DynamoFailures.unwrapped(e) instanceof DynamoException known
                    ? known.again()
                    : failures.of("read item %s of".formatted(key), e);
        }
    }

    @Override
    public CompletableFuture<Optional<V>> findAsync(String key) {
        if (!items.isPossibleKey(key)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        AtomicReference<@Nullable V> found = new AtomicReference<>();
        return retry.run(List.of(key), todo -> get(key, found)).handle((done, failure) -> {
            if (failure != null) {
                throw failures.of("read item %s of".formatted(key), failure);
            }
            return Optional.ofNullable(found.get());
        });
    }

    private CompletableFuture<List<String>> get(String key, AtomicReference<@Nullable V> found) {
        return table.getItem(request ->
                        request.key(itemKey -> itemKey.partitionValue(key)).consistentRead(true))
                .thenApply(row -> {
                    found.set(row);
                    return List.of();
                });
    }

    @Override
    public Map<String, V> findAll(Collection<? extends String> keys) {
        Set<String> distinct = new LinkedHashSet<>(keys);
        distinct.removeIf(key -> !items.isPossibleKey(key));
        List<String> todo = new ArrayList<>(distinct);
        Map<String, V> found = new ConcurrentHashMap<>();
        DynamoRequests requests = new DynamoRequests(options.requestsInFlight());
        try {
            for (int i = 0; i < todo.size(); i += MAX_KEYS) {
                List<String> batch = todo.subList(i, Math.min(i + MAX_KEYS, todo.size()));
                requests.send(() -> retry.run(batch, left -> getAll(left, found)));
            }
            requests.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DynamoTable.interrupted(e);
        }
        Throwable failure = requests.failure();
        if (failure != null) {
            throw failures.of("read %,d items of".formatted(todo.size()), failure);
        }
        return found;
    }

    private CompletableFuture<List<String>> getAll(List<String> keys, Map<String, V> found) {
        KeysAndAttributes wanted = KeysAndAttributes.builder()
                .keys(keys.stream().map(items::keyItem).toList())
                .consistentRead(true)
                .build();
        return client.batchGetItem(request -> request.requestItems(Map.of(table.tableName(), wanted)))
                .thenApply(response -> take(response, found));
    }

    /** Keeps what was found; the keys that were left unprocessed. */
    private List<String> take(BatchGetItemResponse response, Map<String, V> found) {
        response.responses()
                .values()
                .forEach(list -> list.forEach(item -> {
                    String key = items.keyOf(item);
                    try {
                        found.put(key, items.fromItem(item));
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException("item %s: %s".formatted(key, e.getMessage()), e);
                    }
                }));
        return response.unprocessedKeys().values().stream()
                .flatMap(left -> left.keys().stream())
                .map(items::keyOf)
                .toList();
    }
}
