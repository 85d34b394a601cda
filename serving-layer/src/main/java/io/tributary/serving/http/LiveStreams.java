package io.tributary.serving.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to clients, each by a thread of its own and on a beat of its own: what changes together
 * is sent together, and not to all clients at once. A client that does not read for as long as the connection may
 * idle is dropped; until then only its newest state waits for it.
 */
final class LiveStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** The longest that a change waits for the beat of a client. */
    private static final Duration LONGEST_BEAT = Duration.ofMillis(250);

    private final int most;
    private final Duration beat;
    private final AtomicInteger open;
    private final Set<Bell> bells = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param refreshInterval how often there may be something new */
    LiveStreams(int most, Duration refreshInterval, AtomicInteger open) {
        this.most = most;
        this.beat = refreshInterval.compareTo(LONGEST_BEAT) < 0 ? refreshInterval : LONGEST_BEAT;
        this.open = open;
    }

    /** Makes the subscriptions of a client. */
    @FunctionalInterface
    interface Sources {
        List<Subscription> subscribe(Bell bell);
    }

    /** Sends until the client leaves or the server ends. */
    void send(HttpServletResponse response, Sources sources) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            response.setHeader("Retry-After", "" + HEARTBEAT.toSeconds());
            throw new ProblemException(
                    503,
                    "Cannot open another live stream: %d are open (close one, or raise the limit)".formatted(most));
        }
        Bell bell = new Bell();
        bells.add(bell);
        List<Subscription> subscriptions = new ArrayList<>();
        try {
            subscriptions.addAll(sources.subscribe(bell));
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("X-Accel-Buffering", "no");
            send(response.getOutputStream(), subscriptions, bell);
        } catch (IOException e) {
            // The client has left, or did not read for too long: it will come again if it wants to.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            subscriptions.forEach(Subscription::close);
            bells.remove(bell);
            open.decrementAndGet();
        }
    }

    private void send(ServletOutputStream out, List<Subscription> subscriptions, Bell bell)
            throws IOException, InterruptedException {
        boolean alone = subscriptions.size() == 1;
        out.write(Events.retry(RETRY.toMillis()));
        out.flush();
        boolean rung = true;
        Beat ours = Beat.each(beat);
        while (!closed) {
            boolean sent = false;
            for (Subscription subscription : List.copyOf(subscriptions)) {
                try {
                    // One event each, so that a view that changes faster than a client reads holds up no other.
                    Subscription.Event event = subscription.next();
                    if (event != null) {
                        event.writeTo(out, alone);
                        sent = true;
                    }
                } catch (RuntimeException e) {
                    // The others go on.
                    LOG.warn("Cannot go on with {} for a client: {}", subscription.name(), e.toString());
                    out.write(Events.problem(
                            subscription.name(),
                            "Cannot go on with %s (the server's log tells why)".formatted(subscription.name())));
                    subscription.close();
                    subscriptions.remove(subscription);
                }
            }
            if (subscriptions.isEmpty()) {
                return;
            }
            if (!rung) {
                out.write(Events.heartbeat());
            }
            out.flush();
            rung = sent || bell.await(HEARTBEAT);
            ours.await();
        }
    }

    @Override
    public void close() {
        closed = true;
        bells.forEach(Bell::ring);
    }
}
