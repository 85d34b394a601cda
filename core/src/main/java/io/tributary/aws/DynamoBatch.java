package io.tributary.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Items that fit into one request, one a key, in the order given. */
final class DynamoBatch {
    static final int MAX_ITEMS = 25;
    /** 16 MB, however that is counted, less what surrounds the items. */
    static final long MAX_WIRE_BYTES = 15_900_000;

    private final Map<String, DynamoItem> items = new LinkedHashMap<>();
    private long wireBytes;

    /** Takes an item instead of the one with its key. False, and nothing is changed, when there is no room. */
    boolean add(DynamoItem item) {
        DynamoItem same = items.get(item.key());
        long bytes = wireBytes + item.wireBytes() - (same == null ? 0 : same.wireBytes());
        if ((same == null && isFull()) || (bytes > MAX_WIRE_BYTES && !items.isEmpty())) {
            return false;
        }
        items.put(item.key(), item);
        wireBytes = bytes;
        return true;
    }

    boolean isFull() {
        return items.size() == MAX_ITEMS;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    Set<String> keys() {
        return items.keySet();
    }

    List<DynamoItem> items() {
        return List.copyOf(items.values());
    }
}
