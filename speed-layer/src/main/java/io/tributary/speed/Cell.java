package io.tributary.speed;

import io.tributary.view.SliceKey;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a value is accumulated: a slice of time and a key. */
final class Cell<K> {
    /** Tells the cell of a value. */
    @FunctionalInterface
    interface Of<T, K> extends Serializable {
        Cell<K> cell(T value) throws Exception;
    }

    private final long slice;
    private final K key;
    private final int hash;

    Cell(long slice, K key) {
        this(slice, key, 31 * Long.hashCode(slice) + key.hashCode());
    }

    private Cell(long slice, K key, int hash) {
        this.slice = slice;
        this.key = key;
        this.hash = hash;
    }

    /** The cell of a view's key, whose hash code is the same and known already. */
    static Cell<List<@Nullable Object>> of(SliceKey key) {
        return new Cell<>(key.slice(), key.dimensions(), key.hashCode());
    }

    long slice() {
        return slice;
    }

    K key() {
        return key;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cell<?> that && hash == that.hash && slice == that.slice && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return slice + "/" + key;
    }
}
