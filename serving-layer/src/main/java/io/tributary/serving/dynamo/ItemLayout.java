package io.tributary.serving.dynamo;

import static io.tributary.serving.dynamo.Attributes.longOf;
import static io.tributary.serving.dynamo.Attributes.number;
import static io.tributary.serving.dynamo.Attributes.required;
import static io.tributary.serving.dynamo.Attributes.text;

import io.tributary.view.SliceCodec;
import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.View;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The keys and attributes of a view's items.
 *
 * <p>{@code pk} is {@code VIEW#PARTITION#SHARD}, or {@code VIEW#control}. {@code sk} is
 * {@code SLICE#DIGEST#EPOCH#SLOT#CHUNK}: the slice's second in hexadecimal, so that event times are in
 * order; a digest of the slice and its dimensions; who wrote it; the place among the kept versions; the part
 * of a value that one item cannot hold.
 */
final class ItemLayout {
    static final String PK = "pk";
    static final String SK = "sk";
    static final String EPOCH = "epoch";
    static final String PUT = "put";
    static final String BEFORE = "before";
    static final String CHUNKS = "chunks";
    static final String VALUE = "value";
    static final String EXPIRES = "expires";
    static final int CHUNK_BYTES = 300 * 1024;
    private static final int DIGEST_BYTES = 16;

    private final View<?> view;
    private final SliceCodec<?> codec;

    ItemLayout(View<?> view) {
        this.view = view;
        this.codec = view.codec();
    }

    /**
     * Where the values of a slice are.
     *
     * @param partition the ingest partition
     * @param sortPrefix the sort key, but for the version
     * @param digest from which the shard follows
     */
    record Address(Instant partition, String sortPrefix, int digest) {}

    /**
     * One version of a slice.
     *
     * @param before the put of the same writer that wrote the slice before, or one of the two constants
     */
    record Version(long epoch, long put, long before, int slot) {
        static final long NONE_BEFORE = 0;
        /** It overwrote none, though. */
        static final long UNKNOWN_BEFORE = -1;
    }

    /** A part of one version, as read. */
    record Chunk(String sortPrefix, Version version, int index, int count, SdkBytes bytes) {}

    static Map<String, AttributeValue> controlKey(View<?> view) {
        return Map.of(PK, text(view.name() + "#control"), SK, text("control"));
    }

    String partitionKey(Instant partition, int shard) {
        return view.name() + "#" + partition + "#" + shard;
    }

    /** The first sort key of the slices from a second on. */
    static String sortKeyFrom(long second) {
        return "%016x".formatted(second ^ Long.MIN_VALUE);
    }

    Address address(Instant partition, SliceKey key) {
        byte[] digest = sha256(bytes(out -> codec.writeKey(key, out)));
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, DIGEST_BYTES));
        return new Address(partition, sortKeyFrom(key.slice()) + "#" + text, digest[0] & 0xff);
    }

    byte[] encode(SlicePartial slice) {
        return bytes(out -> {
            codec.writeKey(slice.key(), out);
            codec.writePartial(slice.partial(), out);
        });
    }

    SlicePartial decode(byte[] value) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            SlicePartial slice = new SlicePartial(codec.readKey(in), codec.readPartial(in));
            if (in.read() >= 0) {
                throw new IllegalStateException("Invalid slice of view %s: it ends before its %d bytes do"
                        .formatted(view.name(), value.length));
            }
            return slice;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Invalid slice of view %s: its %d bytes end too early".formatted(view.name(), value.length), e);
        }
    }

    /** The items of one version: more than one when the value is larger than an item may be. */
    List<Map<String, AttributeValue>> items(
            Address address, Version version, byte[] value, int shards, Instant expires) {
        int count = Math.max(1, (value.length + CHUNK_BYTES - 1) / CHUNK_BYTES);
        List<Map<String, AttributeValue>> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] chunk = Arrays.copyOfRange(value, i * CHUNK_BYTES, Math.min(value.length, (i + 1) * CHUNK_BYTES));
            String sortKey = address.sortPrefix() + "#" + version.epoch() + "#" + version.slot() + "#" + i;
            items.add(Map.of(
                    PK, text(partitionKey(address.partition(), address.digest() % shards)),
                    SK, text(sortKey),
                    EPOCH, number(version.epoch()),
                    PUT, number(version.put()),
                    BEFORE, number(version.before()),
                    CHUNKS, number(count),
                    VALUE, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(chunk)),
                    EXPIRES, number(expires.getEpochSecond())));
        }
        return items;
    }

    static Chunk parse(Map<String, AttributeValue> item) {
        String sortKey = required(item, SK).s();
        String[] parts = sortKey.split("#", -1);
        if (parts.length != 5) {
            throw new IllegalStateException(
                    "Invalid item: its sort key is %s (must have 5 parts; is the table used for something else?)"
                            .formatted(sortKey));
        }
        Version version =
                new Version(longOf(item, EPOCH), longOf(item, PUT), longOf(item, BEFORE), Integer.parseInt(parts[3]));
        return new Chunk(
                parts[0] + "#" + parts[1],
                version,
                Integer.parseInt(parts[4]),
                (int) longOf(item, CHUNKS),
                required(item, VALUE).b());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot find SHA-256, which every JDK has", e);
        }
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
