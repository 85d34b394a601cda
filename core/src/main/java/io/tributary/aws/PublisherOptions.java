package io.tributary.aws;

import io.tributary.config.Limits;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a {@link KinesisPublisher} batches, waits and retries.
 *
 * @param batchRecords the most records of a request
 * @param batchBytes the most bytes of a request, keys included
 * @param linger how long a record waits for others before a request that is not full is sent
 * @param requests how many requests may be on their way at a time
 * @param bufferBytes the most bytes of unacknowledged records, with 256 more for each than
 *     its data and key
 * @param whenFull what happens to a record for which the buffer has no room
 * @param ordering which order the records keep on the stream
 * @param requestTimeout how long to wait for an answer; the records may be written all the same
 * @param giveUpAfter how long a record is retried before the publisher stops
 * @param firstBackoff the longest pause before the first retry; it doubles with each further one
 * @param maxBackoff the longest pause before any retry
 */
public record PublisherOptions(
        int batchRecords,
        int batchBytes,
        Duration linger,
        int requests,
        long bufferBytes,
        WhenFull whenFull,
        Ordering ordering,
        Duration requestTimeout,
        Duration giveUpAfter,
        Duration firstBackoff,
        Duration maxBackoff) {
    /** What a record costs beyond its data and key. */
    public static final int RECORD_OVERHEAD = 256;

    static final int MAX_BATCH_RECORDS = 500;
    static final int MAX_BATCH_BYTES = 5 << 20;
    static final int MAX_RECORD_BYTES = 1 << 20;
    private static final int MAX_REQUESTS = 50;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final PublisherOptions DEFAULTS = new PublisherOptions(
            MAX_BATCH_RECORDS,
            MAX_BATCH_BYTES,
            Duration.ofMillis(100),
            8,
            64 << 20,
            WhenFull.BLOCK,
            Ordering.PER_KEY,
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMillis(100),
            Duration.ofSeconds(5));

    /** What happens to a record for which the buffer has no room. */
    public enum WhenFull {
        /** Its caller waits. */
        BLOCK,
        /** It is refused by a {@link PublisherException} that can be retried. */
        REFUSE
    }

    /** Which order records keep on the stream. */
    public enum Ordering {
        /** The records of a partition key keep theirs: one of a key is on its way at a time. */
        PER_KEY,
        /** None. Requests are full however few the keys are. */
        NONE
    }

    public PublisherOptions {
        Limits.check()
                .between("batchRecords", batchRecords, 1, MAX_BATCH_RECORDS)
                .between("batchBytes", batchBytes, MAX_RECORD_BYTES, MAX_BATCH_BYTES)
                .between("linger", linger, Duration.ZERO, LONGEST)
                .between("requests", requests, 1, MAX_REQUESTS)
                .atLeast("bufferBytes", bufferBytes, (long) MAX_RECORD_BYTES + RECORD_OVERHEAD)
                .between("requestTimeout", requestTimeout, SHORTEST, LONGEST)
                .between("giveUpAfter", giveUpAfter, SHORTEST, LONGEST)
                .between("firstBackoff", firstBackoff, SHORTEST, LONGEST)
                .between("maxBackoff", maxBackoff, SHORTEST, LONGEST)
                .holds(
                        "maxBackoff",
                        maxBackoff,
                        maxBackoff.compareTo(firstBackoff) >= 0,
                        "at least firstBackoff, " + firstBackoff)
                .enforce();
    }

    /**
     * 500 records, 5 MiB or 100 ms a request, 8 requests at a time, 64 MiB, blocks when full, ordered by key,
     * 10 s for an answer, 5 min for a record, pauses of up to 100 ms at first and 5 s at most.
     */
    public static PublisherOptions defaults() {
        return DEFAULTS;
    }

    public PublisherOptions withBatchRecords(int batchRecords) {
        return with(draft -> draft.batchRecords = batchRecords);
    }

    public PublisherOptions withBatchBytes(int batchBytes) {
        return with(draft -> draft.batchBytes = batchBytes);
    }

    public PublisherOptions withLinger(Duration linger) {
        return with(draft -> draft.linger = linger);
    }

    public PublisherOptions withRequests(int requests) {
        return with(draft -> draft.requests = requests);
    }

    public PublisherOptions withBufferBytes(long bufferBytes) {
        return with(draft -> draft.bufferBytes = bufferBytes);
    }

    public PublisherOptions withWhenFull(WhenFull whenFull) {
        return with(draft -> draft.whenFull = whenFull);
    }

    public PublisherOptions withOrdering(Ordering ordering) {
        return with(draft -> draft.ordering = ordering);
    }

    public PublisherOptions withRequestTimeout(Duration requestTimeout) {
        return with(draft -> draft.requestTimeout = requestTimeout);
    }

    public PublisherOptions withGiveUpAfter(Duration giveUpAfter) {
        return with(draft -> draft.giveUpAfter = giveUpAfter);
    }

    /** Pauses before retries: at most {@code first} before the first one and {@code max} before any. */
    public PublisherOptions withBackoff(Duration first, Duration max) {
        return with(draft -> {
            draft.firstBackoff = first;
            draft.maxBackoff = max;
        });
    }

    private PublisherOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new PublisherOptions(
                draft.batchRecords,
                draft.batchBytes,
                draft.linger,
                draft.requests,
                draft.bufferBytes,
                draft.whenFull,
                draft.ordering,
                draft.requestTimeout,
                draft.giveUpAfter,
                draft.firstBackoff,
                draft.maxBackoff);
    }

    /** Options about to be, so that none of the methods above has to name all of them. */
    private static final class Draft {
        private int batchRecords;
        private int batchBytes;
        private Duration linger;
        private int requests;
        private long bufferBytes;
        private WhenFull whenFull;
        private Ordering ordering;
        private Duration requestTimeout;
        private Duration giveUpAfter;
        private Duration firstBackoff;
        private Duration maxBackoff;

        Draft(PublisherOptions options) {
            this.batchRecords = options.batchRecords;
            this.batchBytes = options.batchBytes;
            this.linger = options.linger;
            this.requests = options.requests;
            this.bufferBytes = options.bufferBytes;
            this.whenFull = options.whenFull;
            this.ordering = options.ordering;
            this.requestTimeout = options.requestTimeout;
            this.giveUpAfter = options.giveUpAfter;
            this.firstBackoff = options.firstBackoff;
            this.maxBackoff = options.maxBackoff;
        }
    }
}
