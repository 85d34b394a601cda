package io.tributary.serving.http;

import io.tributary.codec.JsonLines;
import io.tributary.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The tail of a stream of records, for a {@link ViewServer} to show: it keeps the newest few and counts the
 * others. Accepting a record costs next to nothing and never waits for a client. Safe for use by several threads.
 *
 * @param <R> the record
 */
public final class LiveRecords<R> {
    private static final int KEPT = 100;

    private final Schema<R> schema;
    private final JsonLines<R> json;
    private final Deque<R> newest = new ArrayDeque<>(KEPT);
    private long accepted;

    /**
     * Records that came after some others.
     *
     * @param accepted how many there were in all
     * @param skipped how many of those after the others are not in here
     */
    record Tail(long accepted, long skipped, List<String> records) {}

    private LiveRecords(Schema<R> schema) {
        this.schema = schema;
        this.json = JsonLines.of(schema);
    }

    public static <R> LiveRecords<R> of(Schema<R> schema) {
        return new LiveRecords<>(schema);
    }

    public synchronized void accept(R row) {
        if (newest.size() == KEPT) {
            newest.removeFirst();
        }
        newest.addLast(row);
        accepted++;
    }

    Schema<R> schema() {
        return schema;
    }

    /** The newest of the records that came after so many, as JSON objects, oldest first. */
    Tail after(long count, int most) {
        List<R> rows = new ArrayList<>();
        long now;
        synchronized (this) {
            now = accepted;
            long wanted = Math.min(Math.min(most, newest.size()), now - count);
            newest.stream().skip(newest.size() - wanted).forEach(rows::add);
        }
        List<String> texts = new ArrayList<>();
        for (R row : rows) {
            try {
                texts.add(new String(json.encode(row), StandardCharsets.UTF_8).strip());
            } catch (IllegalArgumentException e) {
                // It counts as skipped: JSON cannot show it.
            }
        }
        return new Tail(now, now - count - texts.size(), texts);
    }
}
