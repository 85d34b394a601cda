package io.tributary.batch.query;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Counts what an engine does. Safe for several threads. */
final class EngineCount {
    private final AtomicReference<EngineTally> tally = new AtomicReference<>(EngineTally.NONE);

    EngineTally tally() {
        return Objects.requireNonNull(tally.get());
    }

    QueryResult run(Supplier<QueryResult> query) {
        long started = System.nanoTime();
        try {
            QueryResult result = query.get();
            tally.updateAndGet(so -> so.plus(since(started), result.statistics()));
            return result;
        } catch (RuntimeException e) {
            tally.updateAndGet(so -> so.plusFailed(since(started)));
            throw e;
        }
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    void retried() {
        tally.updateAndGet(EngineTally::plusRetry);
    }
}
