package io.tributary.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the first record of an id from those that follow. It remembers the latest ids, so that it finds a
 * record again when fewer than that many others lie in between; one further behind passes as new. Duplicates
 * of a publisher's record follow it within its time to give up, plus the time of one request.
 *
 * <p>Not safe for threads. Records of a shard are told apart by one Deduplicator a shard.
 */
public final class Deduplicator {
    /** The JSON field of a record's id. */
    public static final String FIELD = "record_id";

    private static final JsonFactory JSON = new JsonFactory();

    private final int capacity;
    private final Set<String> ids = new LinkedHashSet<>();

    private Deduplicator(int capacity) {
        this.capacity = capacity;
    }

    /** Remembers so many ids. */
    public static Deduplicator remembering(int ids) {
        if (ids < 1) {
            throw new IllegalArgumentException("Invalid number of ids: %d (must be at least 1)".formatted(ids));
        }
        return new Deduplicator(ids);
    }

    /** Whether the id is none of those remembered; it is from now on, as the latest. */
    public boolean isFirst(String id) {
        boolean known = ids.remove(id);
        ids.add(id);
        if (ids.size() > capacity) {
            ids.remove(ids.iterator().next());
        }
        return !known;
    }

    /** The id in a line of {@link WireForm#identifiedJson}; empty when it has none. */
    public static Optional<String> idOf(byte[] line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = json.currentName().equals(FIELD);
                JsonToken value = json.nextToken();
                if (found) {
                    return value == JsonToken.VALUE_STRING ? Optional.of(json.getText()) : Optional.empty();
                }
                json.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
