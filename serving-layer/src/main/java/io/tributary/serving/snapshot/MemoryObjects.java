package io.tributary.serving.snapshot;

import io.tributary.view.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** In the memory of this process. */
final class MemoryObjects implements SnapshotObjects {
    private final NavigableMap<String, String> objects = new TreeMap<>();

    @Override
    public synchronized Optional<Versioned> read(String key) {
        return Optional.ofNullable(objects.get(key)).map(text -> new Versioned(text, Digest.of(text)));
    }

    @Override
    public synchronized void put(String key, String text) {
        objects.put(key, text);
    }

    @Override
    public synchronized boolean replace(String key, String text, @Nullable String version) {
        String now = read(key).map(Versioned::version).orElse(null);
        if (now == null ? version != null : !now.equals(version)) {
            return false;
        }
        put(key, text);
        return true;
    }

    @Override
    public synchronized List<String> list(String prefix) {
        return new ArrayList<>(
                objects.subMap(prefix, prefix + Character.MAX_VALUE).keySet());
    }

    @Override
    public synchronized void delete(String key) {
        objects.remove(key);
    }

    @Override
    public String describe(String key) {
        return "memory:" + key;
    }
}
