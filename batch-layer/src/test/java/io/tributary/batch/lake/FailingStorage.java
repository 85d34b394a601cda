package io.tributary.batch.lake;

import io.tributary.retail.EnrichedOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** A local storage whose n-th operation fails, and all after it, as after a crash. */
public final class FailingStorage implements LakeStorage {
    private final LocalStorage storage;
    private final AtomicInteger left;

    private FailingStorage(Path root, int left) {
        this.storage = new LocalStorage(root, InstantSource.system());
        this.left = new AtomicInteger(left);
    }

    /** A lake of orders that crashes after some operations. */
    public static LocalLake<EnrichedOrder> orders(Path root, int operations) {
        return new LocalLake<>(
                root,
                new FailingStorage(root, operations),
                Lakes.LAYOUT,
                EnrichedOrder.SCHEMA,
                InstantSource.system(),
                "failing");
    }

    private LocalStorage step() throws IOException {
        if (left.getAndDecrement() <= 0) {
            throw new IOException("crashed");
        }
        return storage;
    }

    @Override
    public NavigableMap<String, Long> list(String prefix, String after, String before) throws IOException {
        return step().list(prefix, after, before);
    }

    @Override
    public NavigableMap<String, String> versions(String directory, int levels, String name) throws IOException {
        return step().versions(directory, levels, name);
    }

    @Override
    public InputStream read(String key) throws IOException {
        return step().read(key);
    }

    @Override
    public OptionalLong size(String key) throws IOException {
        return step().size(key);
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes) throws IOException {
        return step().putIfAbsent(key, bytes);
    }

    @Override
    public void putFile(String key, Path file) throws IOException {
        step().putFile(key, file);
    }

    @Override
    public void delete(String key) throws IOException {
        step().delete(key);
    }

    @Override
    public Path fetch(String key, Path directory) throws IOException {
        return step().fetch(key, directory);
    }

    @Override
    public String describe(String key) {
        return storage.describe(key);
    }
}
