package io.tributary.speed;

import java.io.Serializable;
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
        this.slice = slice;
        this.key = key;
        this.hash = 31 * Long.hashCode(slice) + key.hashCode();
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
