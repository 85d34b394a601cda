package io.tributary.aws;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The unacknowledged records of a publisher, and which of them make up the next request.
 *
 * <p>Ordered by key, one record of a key is in motion at a time (ready, on its way, or waiting for its retry);
 * those behind it are held back until it is acknowledged. So a request never has two records of a key, of which
 * the service might write the second alone. Not safe for threads.
 */
final class Outbox<R> {
    private final PublisherOptions options;
    private final boolean ordered;
    private final Map<Long, Envelope<R>> all = new LinkedHashMap<>();
    private final Map<String, Deque<Envelope<R>>> heldBack = new HashMap<>();
    private final Deque<Envelope<R>> ready = new ArrayDeque<>();
    private final PriorityQueue<Envelope<R>> retries = new PriorityQueue<>(Comparator.comparing(Envelope::dueAt));
    private long readyBytes;
    private long cost;
    private long added;

    Outbox(PublisherOptions options) {
        this.options = options;
        this.ordered = options.ordering() == PublisherOptions.Ordering.PER_KEY;
    }

    boolean hasRoomFor(Envelope<R> envelope) {
        return cost + envelope.cost() <= options.bufferBytes();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** How many records were ever added. */
    long added() {
        return added;
    }

    List<Envelope<R>> unacknowledged() {
        return List.copyOf(all.values());
    }

    /** Takes a record in and returns its number. */
    long add(Envelope<R> envelope, Instant now) {
        long number = added++;
        envelope.added(number, now);
        all.put(number, envelope);
        cost += envelope.cost();
        if (ordered) {
            Deque<Envelope<R>> behind = heldBack.get(envelope.key());
            if (behind != null) {
                behind.add(envelope);
                return number;
            }
            heldBack.put(envelope.key(), new ArrayDeque<>(1));
        }
        makeReady(envelope);
        return number;
    }

    private void makeReady(Envelope<R> envelope) {
        ready.addLast(envelope);
        readyBytes += envelope.size();
    }

    /**
     * The records of the next request, which are on their way from now on; none when there is no reason to
     * send one yet.
     *
     * @param atOnce whether to send what there is rather than wait for more
     */
    List<Envelope<R>> nextBatch(Instant now, boolean atOnce) {
        promoteRetries(now);
        if (ready.isEmpty() || !(atOnce || isFull() || isOld(now))) {
            return List.of();
        }
        List<Envelope<R>> batch = new ArrayList<>(Math.min(ready.size(), options.batchRecords()));
        long bytes = 0;
        while (!ready.isEmpty() && batch.size() < options.batchRecords()) {
            Envelope<R> next = ready.getFirst();
            bytes += next.size();
            if (bytes > options.batchBytes()) {
                break;
            }
            batch.add(ready.removeFirst());
            readyBytes -= next.size();
            next.sent(now);
        }
        return batch;
    }

    /** Retries go before all others. */
    private void promoteRetries(Instant now) {
        Envelope<R> due = retries.peek();
        while (due != null && !due.dueAt().isAfter(now)) {
            retries.remove();
            ready.addFirst(due);
            readyBytes += due.size();
            due = retries.peek();
        }
    }

    private boolean isFull() {
        return ready.size() >= options.batchRecords() || readyBytes >= options.batchBytes();
    }

    private boolean isOld(Instant now) {
        return !ready.getFirst().addedAt().plus(options.linger()).isAfter(now);
    }

    /** When there will be a request to send though nothing else happens. */
    Optional<Instant> nextDue() {
        Envelope<R> first = ready.peekFirst();
        Envelope<R> retry = retries.peek();
        if (first == null) {
            return retry == null ? Optional.empty() : Optional.of(retry.dueAt());
        }
        Instant old = first.addedAt().plus(options.linger());
        return Optional.of(retry != null && retry.dueAt().isBefore(old) ? retry.dueAt() : old);
    }

    /** The record is on the stream: makes room, and lets the next of its key go. */
    void acknowledge(Envelope<R> envelope) {
        all.remove(envelope.number());
        cost -= envelope.cost();
        if (ordered) {
            Deque<Envelope<R>> behind = heldBack.get(envelope.key());
            Envelope<R> next = behind == null ? null : behind.poll();
            if (next == null) {
                heldBack.remove(envelope.key());
            } else {
                makeReady(next);
            }
        }
    }

    /** Sends the record again at an instant, and holds those of its key back until it is acknowledged. */
    void retry(Envelope<R> envelope, Instant at) {
        envelope.due(at);
        retries.add(envelope);
    }
}
