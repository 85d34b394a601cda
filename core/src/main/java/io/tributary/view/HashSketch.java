package io.tributary.view;

import io.tributary.schema.ColumnType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of {@link Aggregate.BottomHashes}: the least distinct hashes, changed in place by its
 * owner. A hash is the first 60 bits of an MD5 digest, since that is the digest that every SQL engine has.
 */
public final class HashSketch {
    private static final int HASH_BITS = 60;

    private final int capacity;
    private final NavigableSet<Long> hashes;

    HashSketch(int capacity) {
        this(capacity, new TreeSet<>());
    }

    private HashSketch(int capacity, NavigableSet<Long> hashes) {
        this.capacity = capacity;
        this.hashes = hashes;
    }

    static long hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() >>> (Long.SIZE - HASH_BITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has MD5, this one has not", e);
        }
    }

    void add(long hash) {
        if (hashes.size() < capacity) {
            hashes.add(hash);
        } else if (hash < hashes.last() && hashes.add(hash)) {
            hashes.pollLast();
        }
    }

    void addAll(HashSketch other) {
        for (long hash : other.hashes) {
            if (hashes.size() >= capacity && hash >= hashes.last()) {
                return;
            }
            add(hash);
        }
    }

    /** The number of distinct values: exact while fewer than the capacity, estimated from there on. */
    public long estimate() {
        if (hashes.size() < capacity) {
            return hashes.size();
        }
        double fractionSeen = (hashes.last() + 1.0) / (1L << HASH_BITS);
        return Math.round((capacity - 1) / fractionSeen);
    }

    HashSketch copy() {
        return new HashSketch(capacity, new TreeSet<>(hashes));
    }

    String format() {
        return JsonTexts.format(hashes.stream().map(String::valueOf).toList());
    }

    static HashSketch parse(int capacity, String text) {
        HashSketch sketch = new HashSketch(capacity);
        List<String> texts = JsonTexts.parse(text);
        texts.forEach(hash -> sketch.add(ColumnType.longInteger().parse(hash)));
        return sketch;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(hashes.size());
        for (long hash : hashes) {
            out.writeLong(hash);
        }
    }

    static HashSketch read(int capacity, DataInput in) throws IOException {
        HashSketch sketch = new HashSketch(capacity);
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            sketch.hashes.add(in.readLong());
        }
        return sketch;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HashSketch that && capacity == that.capacity && hashes.equals(that.hashes);
    }

    @Override
    public int hashCode() {
        return hashes.hashCode();
    }

    @Override
    public String toString() {
        return format();
    }
}
