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
import java.util.HashMap;
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

/**
 * Writes new versions beside those that readers see, then shows all of them by one update of the control
 * item. What a failed put leaves is of an epoch that is never shown again beyond what it showed before.
 */
final class DynamoWriter implements SpeedStore.Writer {
    /** Items outlive the time from which readers take their partition as forgotten. */
    private static final Duration GRACE = Duration.ofHours(6);

    private final View<?> view;
    private final Requests requests;
    private final ItemLayout layout;
    private final ControlItem controlItem;
    private final DynamoOptions options;
    private final InstantSource clock;

    private Claim claim;
    private long puts;
    private boolean torn;
    private int firstSlot;
    private final NavigableMap<Instant, Map<String, Version>> shown = new TreeMap<>();

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
    }

    @Override
    public void put(Collection<IngestSlice> slices) {
        if (slices.isEmpty()) {
            return;
        }
        String action =
                "put %d slices of view %s into table %s".formatted(slices.size(), view.name(), requests.table());
        Map<Address, byte[]> values = encode(slices);
        try {
            begin();
            write(action, slices, values);
            torn = false;
        } catch (SdkException e) {
            throw requests.failure(action, e);
        }
    }

    private Map<Address, byte[]> encode(Collection<IngestSlice> slices) {
        Map<Address, byte[]> values = new LinkedHashMap<>();
        for (IngestSlice slice : slices) {
            byte[] value = layout.encode(slice.slice());
            if (value.length > options.maxPartialBytes()) {
                throw new IllegalArgumentException(
                        "Cannot put slice %s of view %s: it has %d bytes (must have at most %d; raise maxPartialBytes, or count distinct values approximately)"
                                .formatted(slice.slice().key(), view.name(), value.length, options.maxPartialBytes()));
            }
            values.put(layout.address(slice.partition(), slice.slice().key()), value);
        }
        return values;
    }

    private void begin() {
        if (torn) {
            claim = controlItem.renew(claim);
            puts = 0;
            firstSlot = 0;
            shown.clear();
        }
        torn = true;
    }

    private void write(String action, Collection<IngestSlice> slices, Map<Address, byte[]> values) {
        NavigableSet<Instant> partitions = new TreeSet<>();
        slices.forEach(slice -> partitions.add(slice.partition()));
        Instant newest = newestOf(partitions.last());
        partitions.removeIf(this::isForgotten);
        values.keySet().removeIf(address -> isForgotten(address.partition()));
        Set<Instant> unknown = new TreeSet<>(partitions);
        unknown.removeAll(claim.control().partitions().keySet());
        if (!unknown.isEmpty()) {
            claim = controlItem.register(claim, unknown, clock.instant());
        }

        long put = puts + 1;
        Map<Address, Version> versions = new HashMap<>();
        List<WriteRequest> writes = new ArrayList<>();
        values.forEach((address, value) -> {
            Version version = next(address, put);
            versions.put(address, version);
            for (Map<String, AttributeValue> item :
                    layout.items(address, version, value, claim.control().shards(), expiryOf(address.partition()))) {
                writes.add(WriteRequest.builder().putRequest(p -> p.item(item)).build());
            }
        });
        boolean answered = requests.write(action, writes);
        claim = controlItem.show(claim, put, newest);
        puts = put;
        versions.forEach((address, version) ->
                shown.computeIfAbsent(address.partition(), p -> new HashMap<>()).put(address.sortPrefix(), version));
        shown.headMap(claim.control().forgotten()).clear();
        if (!answered) {
            firstSlot += options.versions();
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

    /** Takes the slot of the oldest version, but for one into which something may still be written late. */
    private Version next(Address address, long put) {
        Map<String, Version> ofPartition = shown.getOrDefault(address.partition(), Map.of());
        @Nullable Version last = ofPartition.get(address.sortPrefix());
        if (last == null) {
            return new Version(claim.epoch(), put, 0, firstSlot);
        }
        int slot = last.slot() < firstSlot ? firstSlot : firstSlot + (last.slot() + 1 - firstSlot) % options.versions();
        return new Version(claim.epoch(), put, last.put(), slot);
    }

    private Instant newestOf(Instant newest) {
        Control.Seat seat = claim.control().writers().get(claim.id().index());
        return seat == null || seat.newest() == null || newest.isAfter(seat.newest()) ? newest : seat.newest();
    }
}
