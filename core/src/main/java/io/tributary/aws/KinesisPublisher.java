package io.tributary.aws;

import io.tributary.aws.PublisherFailure.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Puts records onto a stream, in batches, several requests at a time. Each record is acknowledged by the stream
 * or reported as unacknowledged; only those that failed are sent again.
 *
 * <p>Ordered by key, a record is sent when the one before it of its key is acknowledged. So the first copies of
 * a key's records are on the stream in the order in which they were given. Further copies exist only when a
 * request was never answered; {@link WireForm#identifiedJson} makes them known. The price: a key carries one
 * record a request, so few keys make small requests.
 *
 * <p>Stops for good when a retry cannot help or a record is not accepted in time. Safe for threads.
 *
 * @param <R> the record
 */
public final class KinesisPublisher<R> implements AutoCloseable {
    private static final int MAX_KEY_CHARS = 256;

    private final KinesisStream stream;
    private final WireForm<R> form;
    private final PublisherOptions options;
    private final PutRequest request;
    private final Backoff backoff;
    private final InstantSource clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Outbox<R> outbox;
    private final PublisherTimer timer;
    private int onTheirWay;
    private int allowed;
    private int flushing;
    private long acknowledged;
    private final LongAdder refused = new LongAdder();
    private long retried;
    private long possibleDuplicates;
    private boolean closed;
    private @Nullable String failure;
    private @Nullable Throwable cause;

    private KinesisPublisher(KinesisStream stream, WireForm<R> form, PublisherOptions options) {
        this.stream = stream;
        this.form = form;
        this.options = options;
        this.request = new PutRequest(stream.name(), options);
        this.backoff = new Backoff(options.firstBackoff(), options.maxBackoff());
        this.clock = PublisherTimer.steadyClock();
        this.outbox = new Outbox<>(options);
        this.timer = new PublisherTimer(stream.name(), clock, this::wake);
        this.allowed = options.requests();
    }

    /** Begins. Nothing is asked of the stream before the first record. */
    public static <R> KinesisPublisher<R> to(KinesisStream stream, WireForm<R> form, PublisherOptions options) {
        return new KinesisPublisher<>(stream, form, options);
    }

    /**
     * Takes a record, to send it soon.
     *
     * @return its number among all records, from 0
     * @throws IllegalArgumentException when the record or its key is too large, or has no bytes; the publisher goes on
     * @throws PublisherException when the publisher has stopped, or is full and told to refuse
     */
    public long publish(R row) {
        Envelope<R> envelope = envelope(row);
        long number;
        List<List<Envelope<R>>> batches;
        lock.lock();
        try {
            awaitRoom(envelope);
            Instant now = clock.instant();
            number = outbox.add(envelope, now);
            batches = takeBatches(now);
        } finally {
            lock.unlock();
        }
        batches.forEach(this::send);
        return number;
    }

    private Envelope<R> envelope(R row) {
        try {
            Envelope<R> envelope = new Envelope<>(row, checked(form.partitionKey(row)), form.encode(row));
            if (envelope.size() > PublisherOptions.MAX_RECORD_BYTES) {
                throw new IllegalArgumentException(
                        "Cannot publish to stream %s: a record has %d bytes with its key (must have at most %d; split it)"
                                .formatted(stream.name(), envelope.size(), PublisherOptions.MAX_RECORD_BYTES));
            }
            return envelope;
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
    }

    private String checked(@Nullable String key) {
        if (key == null || key.isEmpty() || key.length() > MAX_KEY_CHARS) {
            throw new IllegalArgumentException(
                    "Cannot publish to stream %s: a partition key has %s characters (must have 1 to %d)"
                            .formatted(stream.name(), key == null ? "no" : key.length(), MAX_KEY_CHARS));
        }
        // The SDK fails to write it, and the whole request with it.
        if (key.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException(
                    "Cannot publish to stream %s: partition key %s (must have no half of a surrogate pair, which UTF-8 cannot hold)"
                            .formatted(stream.name(), key));
        }
        return key;
    }

    private <E extends RuntimeException> E refused(E why) {
        refused.increment();
        return why;
    }

    private void awaitRoom(Envelope<R> envelope) {
        requireRunning();
        if (outbox.hasRoomFor(envelope)) {
            return;
        }
        // Nothing can join what a full buffer holds.
        flushing++;
        try {
            sendNow();
            if (options.whenFull() == PublisherOptions.WhenFull.REFUSE && !outbox.hasRoomFor(envelope)) {
                throw refused(new PublisherException(
                        "Cannot publish to stream %s: its buffer of %d bytes is full (try again later, or raise bufferBytes)"
                                .formatted(stream.name(), options.bufferBytes()),
                        true,
                        null));
            }
            awaitUntil(() -> failure != null || closed || outbox.hasRoomFor(envelope));
        } finally {
            flushing--;
        }
        requireRunning();
    }

    /** Lets go of the lock while it sends. */
    private void sendNow() {
        List<List<Envelope<R>>> batches = takeBatches(clock.instant());
        lock.unlock();
        try {
            batches.forEach(this::send);
        } finally {
            lock.lock();
        }
    }

    private void requireRunning() {
        if (failure != null) {
            throw new PublisherException(failure, false, cause);
        }
        if (closed) {
            throw new PublisherException(
                    "Cannot publish to stream %s: the publisher is closed".formatted(stream.name()), false, null);
        }
    }

    private void awaitUntil(BooleanSupplier reached) {
        try {
            while (!reached.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublisherException("Cannot wait for stream %s: interrupted".formatted(stream.name()), true, e);
        }
    }

    /** The requests that are due, as many as may be on their way. Their caller sends them without the lock. */
    private List<List<Envelope<R>>> takeBatches(Instant now) {
        List<List<Envelope<R>>> batches = new ArrayList<>();
        while (failure == null && onTheirWay < allowed) {
            List<Envelope<R>> batch = outbox.nextBatch(now, flushing > 0);
            if (batch.isEmpty()) {
                outbox.nextDue().ifPresent(timer::wakeAt);
                return batches;
            }
            onTheirWay++;
            retried +=
                    batch.stream().filter(envelope -> envelope.attempts() > 1).count();
            batches.add(batch);
        }
        return batches;
    }

    private void wake() {
        List<List<Envelope<R>>> batches;
        lock.lock();
        try {
            timer.woken();
            batches = takeBatches(clock.instant());
        } finally {
            lock.unlock();
        }
        batches.forEach(this::send);
    }

    private void send(List<Envelope<R>> batch) {
        CompletableFuture<PutRecordsResponse> answer;
        try {
            answer = stream.client().putRecords(request.of(batch));
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        var unused = answer.whenComplete((response, thrown) -> answered(batch, response, thrown));
    }

    private void answered(List<Envelope<R>> batch, @Nullable PutRecordsResponse response, @Nullable Throwable thrown) {
        List<List<Envelope<R>>> batches;
        lock.lock();
        try {
            onTheirWay--;
            Instant now = clock.instant();
            if (response != null && response.records().size() == batch.size()) {
                take(response.records(), batch, now);
            } else if (response != null) {
                retryAll(batch, new PublisherFailure(Kind.AMBIGUOUS, "an answer for other records"), null, now);
            } else if (thrown != null) {
                retryAll(batch, PublisherFailure.of(thrown, "kinesis:PutRecords"), thrown, now);
            }
            batches = takeBatches(now);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        batches.forEach(this::send);
    }

    private void take(List<PutRecordsResultEntry> results, List<Envelope<R>> batch, Instant now) {
        boolean throttled = false;
        for (int i = 0; i < batch.size(); i++) {
            Envelope<R> envelope = batch.get(i);
            PutRecordsResultEntry result = results.get(i);
            if (result.errorCode() == null) {
                acknowledge(envelope);
            } else {
                throttled |= result.errorCode().startsWith("ProvisionedThroughputExceeded");
                envelope.failed(result.errorCode() + ": " + result.errorMessage(), false);
                retry(envelope, now);
            }
        }
        adapt(throttled);
    }

    private void acknowledge(Envelope<R> envelope) {
        acknowledged++;
        if (envelope.isPossiblyWritten()) {
            possibleDuplicates++;
        }
        outbox.acknowledge(envelope);
    }

    private void retryAll(List<Envelope<R>> batch, PublisherFailure reason, @Nullable Throwable thrown, Instant now) {
        if (reason.kind() == Kind.FATAL) {
            stop(reason.reason(), thrown);
        }
        for (Envelope<R> envelope : batch) {
            envelope.failed(reason.reason(), reason.kind() == Kind.AMBIGUOUS);
            retry(envelope, now);
        }
        adapt(reason.kind() == Kind.THROTTLED);
    }

    private void retry(Envelope<R> envelope, Instant now) {
        Instant last = envelope.firstSentAt().plus(options.giveUpAfter());
        if (!now.isBefore(last)) {
            stop(
                    "a record was not accepted within %s: %s"
                            .formatted(
                                    options.giveUpAfter(), envelope.report("").reason()),
                    null);
        }
        Instant due = now.plus(backoff.pause(envelope.attempts()));
        outbox.retry(envelope, due.isBefore(last) ? due : last);
    }

    /** Half as many requests at a time after throttling, one more after each that went well. */
    private void adapt(boolean throttled) {
        allowed = throttled ? Math.max(allowed / 2, 1) : Math.min(allowed + 1, options.requests());
    }

    private void stop(String reason, @Nullable Throwable thrown) {
        if (failure == null) {
            failure = "Cannot publish to stream %s: %s".formatted(stream.name(), reason);
            cause = thrown;
        }
    }

    /** How many records have come to what so far; {@link #delivery} has the records too. */
    public PublisherTally tally() {
        lock.lock();
        try {
            return new PublisherTally(outbox.added(), refused.sum(), acknowledged, retried, possibleDuplicates);
        } finally {
            lock.unlock();
        }
    }

    /** What has become of all records so far. Those on their way count as unacknowledged. */
    public Delivery<R> delivery() {
        lock.lock();
        try {
            String otherwise = failure == null ? "is not answered yet" : failure;
            return new Delivery<>(
                    acknowledged,
                    outbox.unacknowledged().stream()
                            .map(envelope -> envelope.report(otherwise))
                            .toList(),
                    retried,
                    possibleDuplicates,
                    Optional.ofNullable(failure));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends all records at once and waits until each is acknowledged, or the publisher has stopped.
     *
     * @throws PublisherException when interrupted; the records are still sent
     */
    public Delivery<R> flush() {
        lock.lock();
        flushing++;
        try {
            sendNow();
            awaitUntil(() -> failure == null ? outbox.isEmpty() : onTheirWay == 0);
            return delivery();
        } finally {
            flushing--;
            lock.unlock();
        }
    }

    /**
     * Refuses further records, flushes and ends; {@link #delivery} goes on to answer.
     *
     * @throws PublisherException when a record is not acknowledged, or when interrupted: what is left is still sent, and
     *     to close again waits for it
     */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            Delivery<R> delivery = flush();
            if (!delivery.isComplete()) {
                throw new PublisherException(
                        "%s (%d of %d records are not acknowledged)"
                                .formatted(
                                        delivery.failure().orElse("Cannot publish to stream " + stream.name()),
                                        delivery.unacknowledged().size(),
                                        outbox.added()),
                        false,
                        cause);
            }
        } finally {
            closeTimer();
        }
    }

    /** Without it nothing would wake a record that waits to be sent again. */
    private void closeTimer() {
        lock.lock();
        try {
            if (failure != null || outbox.isEmpty()) {
                timer.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
