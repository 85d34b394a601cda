package io.tributary.serving.dynamo;

import io.tributary.serving.dynamo.ControlItem.Claim;
import io.tributary.serving.dynamo.ItemLayout.Address;
import io.tributary.serving.dynamo.ItemLayout.Version;
import io.tributary.view.IngestSlice;
import io.tributary.view.SpeedStore;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Writes new versions beside those that readers see, and tells the control item how many of its puts a checkpoint has. */
final class DynamoWriter implements SpeedStore.Writer {
    /** Items outlive the time from which readers take their partition as forgotten. */
    private static final Duration GRACE = Duration.ofHours(6);

    private final View<?> view;
    private final Requests requests;
    private final ItemLayout layout;
    private final ControlItem controlItem;
    private final DynamoOptions options;
    private final InstantSource clock;

    private final KeptVersions versions;
    /** The puts before each checkpoint that was prepared and not committed. */
    private final NavigableMap<Long, Long> prepared = new TreeMap<>();

    private Claim claim;
    private long puts;
    private @Nullable Instant newest;
    private boolean failed;

    DynamoWriter(
            View<?> view,
            Requests requests,
            ControlItem controlItem,
            Claim claim,
            DynamoOptions options,
            InstantSource clock) {
        this.view = view;
        this.requests = requests;
        this.layout = new ItemLayout(view);
        this.controlItem = controlItem;
        this.claim = claim;
        this.options = options;
        this.clock = clock;
        this.versions = new KeptVersions(options.versions() - 1);
    }

    @Override
    public long generation() {
        return claim.generation();
    }

    @Override
    public void put(Collection<IngestSlice> slices) {
        if (slices.isEmpty()) {
            return;
        }
        String action =
                "put %d slices of view %s into table %s".formatted(slices.size(), view.name(), requests.table());
        attempt(action, () -> write(action, slices, encode(slices)));
    }

    @Override
    public void prepare(long checkpoint) {
        attempt(
                "prepare checkpoint %d of view %s in table %s".formatted(checkpoint, view.name(), requests.table()),
                () -> {
                    claim = controlItem.prepare(claim, checkpoint, new Puts(claim.epoch(), puts, newest));
                    prepared.put(checkpoint, puts);
                    versions.prepared(puts);
                });
    }

    @Override
    public void commit(long checkpoint) {
        String action =
                "commit checkpoint %d of view %s in table %s".formatted(checkpoint, view.name(), requests.table());
        try {
            claim = controlItem.commit(claim, checkpoint, clock);
        } catch (SdkException e) {
            throw requests.failure(action, e);
        }
        NavigableMap<Long, Long> done = prepared.headMap(checkpoint, true);
        if (!done.isEmpty()) {
            versions.committed(done.lastEntry().getValue());
            done.clear();
        }
        versions.forget(claim.control().forgottenBefore(clock.instant()));
    }

    /** What a failed put leaves must not be prepared. */
    private void attempt(String action, Runnable work) {
        if (failed) {
            throw new IllegalStateException(
                    "Cannot %s: this writer failed before (open another one)".formatted(action));
        }
        failed = true;
        try {
            work.run();
        } catch (SdkException e) {
            throw requests.failure(action, e);
        }
        failed = false;
    }

    private Map<Address, byte[]> encode(Collection<IngestSlice> slices) {
        Map<Address, byte[]> values = new LinkedHashMap<>();
        for (IngestSlice slice : slices) {
            byte[] value = layout.encode(slice.slice());
            if (value.length > options.maxPartialBytes()) {
                throw new IllegalArgumentException(
                        "Cannot put a slice of %s of view %s: it has %d bytes (must have at most %d; raise maxPartialBytes, or count distinct values approximately)"
                                .formatted(
                                        slice.slice().key().slice(),
                                        view.name(),
                                        value.length,
                                        options.maxPartialBytes()));
            }
            values.put(layout.address(slice.partition(), slice.slice().key()), value);
        }
        return values;
    }

    private void write(String action, Collection<IngestSlice> slices, Map<Address, byte[]> values) {
        NavigableSet<Instant> partitions = new TreeSet<>();
        slices.forEach(slice -> partitions.add(slice.partition()));
        newest = newest == null || partitions.last().isAfter(newest) ? partitions.last() : newest;
        partitions.removeIf(this::isForgotten);
        values.keySet().removeIf(address -> isForgotten(address.partition()));
        Set<Instant> unknown = new TreeSet<>(partitions);
        unknown.removeAll(claim.control().partitions().keySet());
        if (!unknown.isEmpty()) {
            claim = controlItem.register(claim, unknown, clock.instant());
        }

        puts++;
        List<WriteRequest> writes = new ArrayList<>();
        values.forEach((address, value) -> {
            Version version = versions.next(address, claim.epoch(), puts);
            for (Map<String, AttributeValue> item :
                    layout.items(address, version, value, claim.control().shards(), expiryOf(address.partition()))) {
                writes.add(WriteRequest.builder().putRequest(p -> p.item(item)).build());
            }
        });
        if (!requests.write(action, writes)) {
            versions.leaveSlots();
        }
    }

    private boolean isForgotten(Instant partition) {
        return partition.isBefore(claim.control().forgotten());
    }

    /** A partition that was forgotten and dropped since it became known keeps an expiry all the same. */
    private Instant expiryOf(Instant partition) {
        Instant expiry = claim.control().partitions().get(partition);
        return (expiry == null ? clock.instant().plus(options.timeToLive()) : expiry).plus(GRACE);
    }
}
