package io.tributary.aws;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item that is about to be written, with its key. */
record DynamoItem(String key, Map<String, AttributeValue> attributes) {
    /** What the service allows an item to have, names included. */
    static final int MAX_STORED_BYTES = 400 * 1024;

    private static final int ATTRIBUTE_SYNTAX_BYTES = 16;

    /** The size that the limit is about: names and values in UTF-8, a number a byte for each two digits. */
    long storedBytes() {
        return attributes.entrySet().stream()
                .mapToLong(attribute -> utf8Bytes(attribute.getKey()) + storedBytes(attribute.getValue()))
                .sum();
    }

    private static long storedBytes(AttributeValue value) {
        if (value.s() != null) {
            return utf8Bytes(value.s());
        }
        return value.n() != null ? (value.n().length() + 1L) / 2 + 1 : 1;
    }

    /** No less than what it takes within a request, where JSON escapes quotes and control characters. */
    long wireBytes() {
        return attributes.entrySet().stream()
                .mapToLong(attribute ->
                        ATTRIBUTE_SYNTAX_BYTES + jsonBytes(attribute.getKey()) + wireBytes(attribute.getValue()))
                .sum();
    }

    private static long wireBytes(AttributeValue value) {
        if (value.s() != null) {
            return jsonBytes(value.s());
        }
        return value.n() != null ? value.n().length() : 5;
    }

    static long utf8Bytes(String text) {
        return text.chars().mapToLong(DynamoItem::utf8Bytes).sum();
    }

    private static long jsonBytes(String text) {
        return text.chars()
                .mapToLong(c -> c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : utf8Bytes(c))
                .sum();
    }

    /** Of a char; each half of a surrogate pair counts for half of its four bytes. */
    private static long utf8Bytes(int c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3;
    }
}
