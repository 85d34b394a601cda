package io.tributary.serving.http;

import io.tributary.schema.ColumnType;
import io.tributary.schema.InvalidValueException;
import io.tributary.serving.Answer;
import io.tributary.view.View;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One selection of a view for all clients that chose it: they share the frames and the bytes between two of them. */
final class Channel {
    private final View<?> view;
    private final Selection selection;
    private final String epoch;
    private final ServerMetrics metrics;
    private final Set<Bell> listeners = ConcurrentHashMap.newKeySet();
    private @Nullable Frame latest;
    private @Nullable Frame previous;
    private byte @Nullable [] step;
    private byte @Nullable [] all;
    private byte @Nullable [] failure;
    private long failures;

    Channel(View<?> view, Selection selection, String epoch, ServerMetrics metrics) {
        this.view = view;
        this.selection = selection;
        this.epoch = epoch;
        this.metrics = metrics;
    }

    void publish(Answer answer, int maxRows) {
        synchronized (this) {
            long version = latest == null ? 1 : latest.version() + 1;
            Frame next = Frame.of(view, selection, version, answer);
            if (next.size() > maxRows) {
                fail("Cannot show %d rows of view %s: the limit is %d (%s)"
                        .formatted(
                                next.size(),
                                view.name(),
                                maxRows,
                                view.window().eventTime().isPresent()
                                        ? "choose a range, or the last windows"
                                        : "raise the server's maxRows"));
                return;
            }
            boolean recovered = failure != null;
            failure = null;
            // Who was told of the failure has to hear that it is over.
            if (latest != null && next.shows(latest) && !recovered) {
                return;
            }
            previous = latest;
            latest = next;
            step = null;
            all = null;
        }
        listeners.forEach(Bell::ring);
    }

    /** Tells the clients, once for each reason, that the view cannot be read. */
    synchronized void fail(String detail) {
        byte[] problem = Events.problem(view.name(), detail);
        if (!Arrays.equals(problem, failure)) {
            failures++;
            failure = problem;
            listeners.forEach(Bell::ring);
        }
    }

    boolean isDeserted() {
        return listeners.isEmpty();
    }

    /** @param lastId where the client was when it lost an earlier stream; null for a new one */
    Subscription subscribe(Bell bell, @Nullable String lastId) {
        listeners.add(bell);
        return new Listener(bell, lastId);
    }

    private synchronized byte[] all(Frame frame) {
        if (frame != latest) {
            return frame.all();
        }
        if (all == null) {
            all = frame.all();
        }
        return all;
    }

    private synchronized byte[] step(Frame from, Frame to) {
        if (from != previous || to != latest) {
            metrics.coalesced();
            return to.since(from);
        }
        if (step == null) {
            step = to.since(from);
        }
        return step;
    }

    private synchronized @Nullable Frame latest() {
        return latest;
    }

    private synchronized @Nullable Frame find(String id) {
        for (Frame frame : new @Nullable Frame[] {latest, previous}) {
            if (frame != null && id(frame).equals(id)) {
                return frame;
            }
        }
        return null;
    }

    private String id(Frame frame) {
        return selection.mode() == Mode.APPEND
                ? frame.reached().map(ColumnType.dateTime()::format).orElse("")
                : "%s.%d".formatted(epoch, frame.version());
    }

    private final class Listener implements Subscription {
        private final Bell bell;
        private @Nullable String lastId;
        private @Nullable Frame heard;
        private long failuresHeard;

        Listener(Bell bell, @Nullable String lastId) {
            this.bell = bell;
            this.lastId = lastId;
        }

        @Override
        public String name() {
            return view.name();
        }

        @Override
        public @Nullable Event next() {
            Frame now = latest();
            if (now != null && now != heard) {
                byte[] bytes = heard == null ? first(now) : step(heard, now);
                heard = now;
                if (bytes != null) {
                    return new Event(id(now), bytes);
                }
            }
            byte[] problem = unheardFailure();
            return problem == null ? null : new Event(heard == null ? cameFrom() : id(heard), problem);
        }

        /** Where the client still stands before it has heard a frame. */
        private String cameFrom() {
            return lastId == null ? "" : lastId;
        }

        /** Heard after the frame that it came after, as a frame tells that it is over. */
        private byte @Nullable [] unheardFailure() {
            synchronized (Channel.this) {
                if (failure == null || failuresHeard == failures || latest != heard) {
                    return null;
                }
                failuresHeard = failures;
                return failure;
            }
        }

        private byte @Nullable [] first(Frame now) {
            String id = lastId;
            lastId = null;
            if (id == null) {
                return all(now);
            }
            if (id.equals(id(now))) {
                return null;
            }
            if (selection.mode() == Mode.APPEND) {
                LocalDateTime slice = slice(id);
                return slice == null ? all(now) : now.closedSince(slice);
            }
            Frame known = find(id);
            return known == null ? all(now) : step(known, now);
        }

        private static @Nullable LocalDateTime slice(String id) {
            try {
                return ColumnType.dateTime().parse(id);
            } catch (InvalidValueException e) {
                return null; // not an id of ours: the client starts anew
            }
        }

        @Override
        public void close() {
            listeners.remove(bell);
        }
    }
}
