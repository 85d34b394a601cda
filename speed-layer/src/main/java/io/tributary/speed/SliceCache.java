package io.tributary.speed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The open slices of a task, on the heap: a write-back cache over keyed state. A value is merged here and
 * written at the next barrier, if it is still there and has changed since the last; one that was never
 * written needs no deletion either.
 *
 * <p>Slices are in order of time, so that windows are ranges of it.
 */
final class SliceCache<K, A> {
    private final Combiner<?, A> combiner;
    private final NavigableMap<Long, Map<K, Slot<A>>> slices = new TreeMap<>();
    private final List<Cell<K>> removed = new ArrayList<>();
    private int size;

    private static final class Slot<A> {
        A value;
        boolean dirty;
        boolean stored;

        Slot(A value) {
            this.value = value;
        }
    }

    /** Keyed state, as the cache sees it. */
    interface Store<K, A> {
        void put(long slice, K key, A value) throws Exception;

        void remove(long slice, K key) throws Exception;
    }

    SliceCache(Combiner<?, A> combiner) {
        this.combiner = combiner;
    }

    /**
     * Merges a value, which the cache then owns.
     *
     * @return whether it is the first of its slice
     */
    boolean merge(long slice, K key, A value) {
        Map<K, Slot<A>> keys = slices.get(slice);
        boolean first = keys == null;
        if (keys == null) {
            keys = new HashMap<>();
            slices.put(slice, keys);
        }
        Slot<A> slot = keys.get(key);
        if (slot == null) {
            slot = new Slot<>(value);
            keys.put(key, slot);
            size++;
        } else {
            slot.value = combiner.merge(slot.value, value);
        }
        slot.dirty = true;
        return first;
    }

    /** Takes a value out of keyed state. */
    void load(Cell<K> cell, A value) {
        Slot<A> slot = new Slot<>(combiner.copy(value));
        slot.stored = true;
        Slot<A> before =
                slices.computeIfAbsent(cell.slice(), slice -> new HashMap<>()).put(cell.key(), slot);
        size += before == null ? 1 : 0;
    }

    @Nullable
    A get(long slice, K key) {
        Map<K, Slot<A>> keys = slices.get(slice);
        Slot<A> slot = keys == null ? null : keys.get(key);
        return slot == null ? null : slot.value;
    }

    /** How many values it holds. */
    int size() {
        return size;
    }

    boolean isEmpty() {
        return slices.isEmpty();
    }

    /** The earliest slice. */
    long first() {
        return slices.firstKey();
    }

    Iterable<Long> slices() {
        return slices.keySet();
    }

    /** Forgets the earliest slice. */
    void removeFirst() {
        Map.Entry<Long, Map<K, Slot<A>>> first = slices.pollFirstEntry();
        if (first != null) {
            size -= first.getValue().size();
            first.getValue().forEach((key, slot) -> {
                if (slot.stored) {
                    removed.add(new Cell<>(first.getKey(), key));
                }
            });
        }
    }

    /** The values of the slices {@code [start, end)}, slice by slice, for looking at. */
    void forEach(long start, long end, BiConsumer<K, A> values) {
        slices.subMap(start, end).values().forEach(keys -> keys.forEach((key, slot) -> values.accept(key, slot.value)));
    }

    /** Likewise of one key. */
    void forEach(long start, long end, K key, BiConsumer<K, A> values) {
        for (Map<K, Slot<A>> keys : slices.subMap(start, end).values()) {
            Slot<A> slot = keys.get(key);
            if (slot != null) {
                values.accept(key, slot.value);
            }
        }
    }

    /** Writes what has changed since the last time, as copies. */
    void writeTo(Store<K, A> store) throws Exception {
        for (Cell<K> cell : removed) {
            store.remove(cell.slice(), cell.key());
        }
        removed.clear();
        for (Map.Entry<Long, Map<K, Slot<A>>> slice : slices.entrySet()) {
            for (Map.Entry<K, Slot<A>> entry : slice.getValue().entrySet()) {
                Slot<A> slot = entry.getValue();
                if (slot.dirty) {
                    store.put(slice.getKey(), entry.getKey(), combiner.copy(slot.value));
                    slot.dirty = false;
                    slot.stored = true;
                }
            }
        }
    }
}
