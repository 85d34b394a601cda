package io.tributary.aws;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record that the stream has not acknowledged, with what was tried so far. */
final class Envelope<R> {
    private final R row;
    private final String key;
    private final byte[] data;
    private final int size;

    private long number;
    private Instant addedAt = Instant.MIN;
    private Instant dueAt = Instant.MIN;
    private @Nullable Instant firstSentAt;
    private int attempts;
    private boolean possiblyWritten;
    private @Nullable String reason;

    Envelope(R row, String key, byte[] data) {
        this.row = row;
        this.key = key;
        this.data = data;
        this.size = data.length + key.getBytes(StandardCharsets.UTF_8).length;
    }

    R row() {
        return row;
    }

    String key() {
        return key;
    }

    byte[] data() {
        return data;
    }

    /** As the service counts: data and key. */
    int size() {
        return size;
    }

    long cost() {
        return size + (long) PublisherOptions.RECORD_OVERHEAD;
    }

    long number() {
        return number;
    }

    Instant addedAt() {
        return addedAt;
    }

    Instant dueAt() {
        return dueAt;
    }

    int attempts() {
        return attempts;
    }

    /** Whether an attempt was never answered. */
    boolean isPossiblyWritten() {
        return possiblyWritten;
    }

    void added(long asNumber, Instant at) {
        number = asNumber;
        addedAt = at;
    }

    void sent(Instant at) {
        attempts++;
        if (firstSentAt == null) {
            firstSentAt = at;
        }
    }

    void failed(String why, boolean ambiguous) {
        reason = why;
        possiblyWritten |= ambiguous;
    }

    void due(Instant at) {
        dueAt = at;
    }

    /** When it was sent for the first time. */
    Instant firstSentAt() {
        return firstSentAt == null ? Instant.MAX : firstSentAt;
    }

    Delivery.Unacknowledged<R> report(String otherwise) {
        return new Delivery.Unacknowledged<>(number, row, key, reason == null ? otherwise : reason, possiblyWritten);
    }
}
