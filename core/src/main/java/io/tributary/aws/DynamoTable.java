package io.tributary.aws;

import io.tributary.enrich.Lookup;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbAsyncTable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * A dimension on DynamoDB: records found by a key, such as a product catalogue. Creates its table, writes
 * records to it and looks them up. Failures are {@link DynamoException}s; throttling, unprocessed items and
 * network failures are retried before that, on top of what the client itself retries.
 *
 * <p>Single requests go through the SDK's enhanced client, batches through the plain one: the enhanced one
 * asks for unprocessed keys again without a pause.
 *
 * <p>Safe for threads. The client stays the caller's, to configure and to close.
 *
 * @param <V> the record
 */
public final class DynamoTable<V> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final long POLL_MILLIS = 250;

    private final DynamoDbAsyncClient client;
    private final DynamoDbAsyncTable<V> table;
    private final DynamoItems<V> items;
    private final DynamoTableOptions options;
    private final DynamoFailures failures;

    private DynamoTable(
            DynamoDbAsyncClient client, DynamoDbAsyncTable<V> table, DynamoItems<V> items, DynamoTableOptions options) {
        this.client = client;
        this.table = table;
        this.items = items;
        this.options = options;
        this.failures = new DynamoFailures(table.tableName(), items.key());
    }

    /** A table, which need not exist yet. */
    public static <V> DynamoTable<V> of(DynamoDbAsyncClient client, String name, DynamoItems<V> items) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Invalid table name: %s (must match %s)".formatted(name, NAME));
        }
        DynamoDbAsyncTable<V> table = DynamoDbEnhancedAsyncClient.builder()
                .dynamoDbClient(client)
                .build()
                .table(name, items.tableSchema());
        return new DynamoTable<>(client, table, items, DynamoTableOptions.defaults());
    }

    /** The same table with other options. */
    public DynamoTable<V> with(DynamoTableOptions other) {
        return new DynamoTable<>(client, table, items, other);
    }

    public String name() {
        return table.tableName();
    }

    /**
     * Creates the table, billed on demand, where it is missing, and waits until it can be used.
     *
     * @return whether it was missing
     * @throws DynamoException when there is one with another key, or it is not usable within the time limit
     */
    public boolean createIfMissing() {
        long deadline = System.nanoTime() + options.creationLimit().toNanos();
        boolean created = false;
        try {
            while (true) {
                TableDescription description = describe();
                if (description == null) {
                    created |= create();
                } else if (isUsable(description)) {
                    return created;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new DynamoException(
                            "it is still %s after %s (look at it in the console, or wait longer)"
                                    .formatted(
                                            description == null ? "missing" : description.tableStatusAsString(),
                                            options.creationLimit()),
                            null,
                            true,
                            null);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (RuntimeException | ExecutionException e) {
            throw failures.of("create", e);
        }
    }

    /** The table's description; null when there is no such table. */
    private @Nullable TableDescription describe() throws InterruptedException, ExecutionException {
        try {
            return table.describeTable().get().table();
        } catch (ExecutionException e) {
            if (DynamoFailures.unwrapped(e) instanceof ResourceNotFoundException) {
                return null;
            }
            throw e;
        }
    }

    /** False when another was faster. */
    private boolean create() throws InterruptedException, ExecutionException {
        try {
            // Without a throughput, the enhanced client asks for billing on demand.
            table.createTable().get();
            return true;
        } catch (ExecutionException e) {
            if (DynamoFailures.unwrapped(e) instanceof ResourceInUseException) {
                return false;
            }
            throw e;
        }
    }

    private boolean isUsable(TableDescription description) {
        return switch (description.tableStatus()) {
            case ACTIVE, UPDATING -> {
                requireKey(description);
                yield true;
            }
            case CREATING, DELETING -> false;
            default ->
                throw new DynamoException(
                        "it exists, but is %s (look at it in the console)".formatted(description.tableStatusAsString()),
                        null,
                        false,
                        null);
        };
    }

    private void requireKey(TableDescription description) {
        List<String> keys = description.keySchema().stream()
                .map(KeySchemaElement::attributeName)
                .toList();
        String key = items.key().name();
        boolean isText = description.attributeDefinitions().stream()
                .anyMatch(attribute ->
                        attribute.attributeName().equals(key) && attribute.attributeType() == ScalarAttributeType.S);
        if (!keys.equals(List.of(key)) || !isText) {
            throw new DynamoException(
                    "it exists with the key %s (must be %s, of text; name another table)"
                            .formatted(String.join(", ", keys), key),
                    null,
                    false,
                    null);
        }
    }

    /** Finds records by key, the latest that was confirmed when it is asked: reads are strongly consistent. */
    public Lookup<String, V> lookup() {
        return new DynamoLookup<>(client, table, items, options);
    }

    /** Writes records; see there. */
    public DynamoWriter<V> writer() {
        return writer(written -> {});
    }

    /**
     * Writes records and tells how it gets on.
     *
     * @param progress is told, by the thread that writes, how many items have been confirmed
     */
    public DynamoWriter<V> writer(LongConsumer progress) {
        return new DynamoWriter<>(client, name(), items, options, progress);
    }

    static DynamoException interrupted(InterruptedException cause) {
        return new DynamoException("Cannot wait for DynamoDB: the thread was interrupted", null, true, cause);
    }
}
