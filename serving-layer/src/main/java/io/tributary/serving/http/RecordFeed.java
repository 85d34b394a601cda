package io.tributary.serving.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tributary.schema.Column;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the tail of a stream to its clients: at each refresh a few of the records that came since the last one. */
final class RecordFeed {
    private static final Logger LOG = LoggerFactory.getLogger(RecordFeed.class);
    private static final String RECORDS = "records";
    private static final int FIRST = 50;
    private static final int EACH = 10;

    private final LiveRecords<?> records;
    private final Set<Bell> listeners = ConcurrentHashMap.newKeySet();
    private LiveRecords.Tail latest;
    /** How many records there had been when the latest begins. */
    private long since;

    private byte @Nullable [] event;

    RecordFeed(LiveRecords<?> records, HttpOptions options, ScheduledExecutorService reader) {
        this.records = records;
        this.latest = records.after(0, 0);
        long pause = options.refreshInterval().toMillis();
        Future<?> unused = reader.scheduleWithFixedDelay(this::read, pause, pause, TimeUnit.MILLISECONDS);
    }

    private void read() {
        try {
            if (!listeners.isEmpty()) {
                advance();
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("Cannot show the records that came for now: {}", e.toString());
        }
    }

    private void advance() {
        synchronized (this) {
            LiveRecords.Tail next = records.after(latest.accepted(), EACH);
            if (next.accepted() == latest.accepted()) {
                return;
            }
            since = latest.accepted();
            latest = next;
            event = null;
        }
        listeners.forEach(Bell::ring);
    }

    Subscription subscribe(Bell bell) {
        listeners.add(bell);
        return new Listener(bell);
    }

    private byte[] first(LiveRecords.Tail tail) {
        return Events.event("set", AnswerJson.object(json -> {
            json.writeStringField("view", RECORDS);
            json.writeArrayFieldStart("columns");
            for (Column<?, ?> column : records.schema().columns()) {
                json.writeStartObject();
                json.writeStringField("name", column.name());
                json.writeStringField("comment", column.comment());
                json.writeStringField("type", column.type().hiveType());
                json.writeEndObject();
            }
            json.writeEndArray();
            write(tail, json);
        }));
    }

    private static byte[] more(LiveRecords.Tail tail) {
        return Events.event("append", AnswerJson.object(json -> {
            json.writeStringField("view", RECORDS);
            write(tail, json);
        }));
    }

    private static void write(LiveRecords.Tail tail, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rows");
        for (String record : tail.records()) {
            json.writeRawValue(record);
        }
        json.writeEndArray();
        json.writeNumberField("accepted", tail.accepted());
        json.writeNumberField("skipped", tail.skipped());
    }

    private final class Listener implements Subscription {
        private final Bell bell;
        private boolean started;
        private long heard;

        Listener(Bell bell) {
            this.bell = bell;
        }

        @Override
        public String name() {
            return RECORDS;
        }

        @Override
        public @Nullable Event next() {
            if (!started) {
                started = true;
                LiveRecords.Tail tail = records.after(0, FIRST);
                heard = tail.accepted();
                return new Event("" + heard, first(tail));
            }
            LiveRecords.Tail tail;
            byte[] bytes;
            synchronized (RecordFeed.this) {
                tail = latest;
                if (tail.accepted() <= heard) {
                    return null;
                }
                if (heard != since) {
                    // Who has come since the tick before has seen some of them; who was slow has missed more.
                    tail = records.after(heard, EACH);
                    bytes = more(tail);
                } else {
                    if (event == null) {
                        event = more(tail);
                    }
                    bytes = event;
                }
            }
            heard = tail.accepted();
            return new Event("" + heard, bytes);
        }

        @Override
        public void close() {
            listeners.remove(bell);
        }
    }
}
