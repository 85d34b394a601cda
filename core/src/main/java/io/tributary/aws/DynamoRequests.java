package io.tributary.aws;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Requests under way, at most so many at a time, and the first failure of any. For one thread that sends. */
final class DynamoRequests {
    private final int limit;
    private final Semaphore places;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    DynamoRequests(int limit) {
        this.limit = limit;
        this.places = new Semaphore(limit);
    }

    /** Waits for a place. False, and nothing is sent, when one has failed. */
    boolean send(Supplier<? extends CompletionStage<?>> request) throws InterruptedException {
        places.acquire();
        if (failure.get() != null) {
            places.release();
            return false;
        }
        request.get().whenComplete((done, thrown) -> {
            if (thrown != null) {
                failure.compareAndSet(null, thrown);
            }
            places.release();
        });
        return true;
    }

    /** Waits until none is under way. */
    void await() throws InterruptedException {
        places.acquire(limit);
        places.release(limit);
    }

    @Nullable
    Throwable failure() {
        return failure.get();
    }
}
