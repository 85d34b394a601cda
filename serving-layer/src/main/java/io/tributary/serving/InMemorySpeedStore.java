package io.tributary.serving;

import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A speed store in the memory of this process. Writers in the same process reach it through its
 * {@link #factory()}; it lives as long as something else refers to it. Closing it does nothing.
 */
public final class InMemorySpeedStore implements SpeedStore {
    private static final Map<UUID, WeakReference<InMemorySpeedStore>> STORES = new ConcurrentHashMap<>();

    private final UUID id = UUID.randomUUID();
    private final Map<String, StoredView<?>> views = new ConcurrentHashMap<>();

    private final InstantSource clock;

    private InMemorySpeedStore(InstantSource clock) {
        this.clock = clock;
    }

    public static InMemorySpeedStore create() {
        return create(InstantSource.system());
    }

    static InMemorySpeedStore create(InstantSource clock) {
        STORES.values().removeIf(store -> store.get() == null);
        InMemorySpeedStore store = new InMemorySpeedStore(clock);
        STORES.put(store.id, new WeakReference<>(store));
        return store;
    }

    /** Finds this store again in the same process, after having been serialized. */
    public Factory factory() {
        UUID wanted = id;
        return () -> find(wanted);
    }

    private static InMemorySpeedStore find(UUID id) {
        WeakReference<InMemorySpeedStore> reference = STORES.get(id);
        InMemorySpeedStore store = reference == null ? null : reference.get();
        if (store == null) {
            throw new IllegalStateException(
                    "Cannot open the in-memory speed store %s: it is in another process or gone (use a shared store)"
                            .formatted(id));
        }
        return store;
    }

    @Override
    public Writer writer(View<?> view, WriterId id, Start start) {
        return stored(view).writer(id, start);
    }

    @Override
    public Contents read(View<?> view, Instant cut, TimeRange range, State state) {
        return views.containsKey(view.name()) ? stored(view).read(cut, range, state) : Contents.none();
    }

    @Override
    public void forget(View<?> view, Instant before) {
        stored(view).forget(before);
    }

    private StoredView<?> stored(View<?> view) {
        StoredView<?> stored = views.computeIfAbsent(view.name(), name -> new StoredView<>(view, clock));
        stored.check(view);
        return stored;
    }

    @Override
    public void close() {}
}
