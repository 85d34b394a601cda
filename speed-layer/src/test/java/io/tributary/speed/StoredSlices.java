package io.tributary.speed;

import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store of this process that keeps what was put last, by a name. */
final class StoredSlices implements SpeedStore {
    private static final Map<String, StoredSlices> BY_NAME = new ConcurrentHashMap<>();

    private record Address(Instant partition, SliceKey key) {}

    private final Map<Address, SlicePartial> slices = new ConcurrentHashMap<>();

    static StoredSlices named(String name) {
        return BY_NAME.computeIfAbsent(name, key -> new StoredSlices());
    }

    @Override
    public Writer writer(View<?> view, WriterId id) {
        return batch -> batch.forEach(
                slice -> slices.put(new Address(slice.partition(), slice.slice().key()), slice.slice()));
    }

    @Override
    public Contents read(View<?> view, Instant cut, TimeRange range) {
        List<SlicePartial> since = new ArrayList<>();
        slices.forEach((address, slice) -> {
            if (!address.partition().isBefore(cut)) {
                since.add(slice);
            }
        });
        return new Contents(since, Optional.empty(), Instant.MIN);
    }

    @Override
    public void forget(View<?> view, Instant before) {
        slices.keySet().removeIf(address -> address.partition().isBefore(before));
    }

    @Override
    public void close() {}
}
