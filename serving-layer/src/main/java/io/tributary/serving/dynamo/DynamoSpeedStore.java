package io.tributary.serving.dynamo;

import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.Serializable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A speed store in a DynamoDB table, of many views and writers in any processes.
 *
 * <p>A put writes new versions beside those that readers see; a commit changes the view's one control item,
 * on the condition that its writers are still the ones, and so shows the puts of all of them at once. All
 * reads are consistent. Nothing is forgotten by time alone without a reader being told.
 *
 * <p>Limits: a partition's shard takes 1,000 writes a second, a view's control item 1,000, of which a
 * checkpoint needs one a writer and one more; a control item of more than 1 KB, as of 60 partitions, takes as many times fewer.
 * A view has at most 15,000 partitions at a time. A read costs one query a partition and shard for each MB, of
 * all kept versions. What failed and replaced writers leave goes with its partition.
 */
public final class DynamoSpeedStore implements SpeedStore {
    private final DynamoDbClient client;
    private final boolean ownsClient;
    private final Requests requests;
    private final DynamoOptions options;
    private final InstantSource clock;

    private DynamoSpeedStore(
            DynamoDbClient client, boolean ownsClient, String table, DynamoOptions options, InstantSource clock) {
        this.client = client;
        this.ownsClient = ownsClient;
        this.requests = new Requests(client, table, options);
        this.options = options;
        this.clock = clock;
    }

    /** Makes the client where a store is opened: with the region, endpoint and credentials of that place. */
    @FunctionalInterface
    public interface ClientFactory extends Serializable {
        DynamoDbClient create();
    }

    /** The store in a table, over a client that stays the caller's. */
    public static DynamoSpeedStore open(DynamoDbClient client, String table, DynamoOptions options) {
        return open(client, table, options, InstantSource.system());
    }

    static DynamoSpeedStore open(DynamoDbClient client, String table, DynamoOptions options, InstantSource clock) {
        return new DynamoSpeedStore(client, false, Tables.checked(table), options, clock);
    }

    /** Opens the store in tasks of a cluster. Each closes its client with itself. */
    public static Factory factory(ClientFactory clients, String table, DynamoOptions options) {
        Tables.checked(table);
        return () -> new DynamoSpeedStore(clients.create(), true, table, options, InstantSource.system());
    }

    /** Makes the table, on demand and with expiry, where there is none, and waits until it can be used. */
    public void createTable() {
        attempt("create table " + requests.table(), () -> {
            new Tables(requests).create();
            return true;
        });
    }

    @Override
    public Writer writer(View<?> view, WriterId id, Start start) {
        ControlItem item = new ControlItem(requests, view, options);
        String action = "open writer %s of view %s in table %s".formatted(id, view.name(), requests.table());
        String owner = UUID.randomUUID().toString();
        return attempt(
                action,
                () -> new DynamoWriter(view, requests, item, item.open(id, start, owner, clock), options, clock));
    }

    @Override
    public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
        ControlItem item = new ControlItem(requests, view, options);
        return attempt(
                "read view %s from table %s".formatted(view.name(), requests.table()),
                () -> new DynamoReader<>(view, requests, item, options, clock).read(cut, range, state));
    }

    /**
     * Forgets the partitions of a view that start before an instant: readers know it at once, then the items
     * are deleted. When it fails in between, the next call deletes the rest.
     */
    @Override
    public void forget(View<?> view, Instant before) {
        ControlItem item = new ControlItem(requests, view, options);
        attempt("forget view %s in table %s".formatted(view.name(), requests.table()), () -> {
            new Forgetting(view, requests, item).forget(before);
            return true;
        });
    }

    /** Those beyond what the client itself sends again. */
    @Override
    public long retries() {
        return requests.retries();
    }

    private <T> T attempt(String action, Supplier<T> work) {
        try {
            return work.get();
        } catch (SdkException e) {
            throw requests.failure(action, e);
        }
    }

    @Override
    public void close() {
        requests.close();
        if (ownsClient) {
            client.close();
        }
    }
}
