package io.tributary.serving.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one thread; rings that are not heard in time count as one. */
final class Bell {
    private final Semaphore rung = new Semaphore(0);

    void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Waits for the next ring; false when there was none for so long. */
    boolean await(Duration patience) throws InterruptedException {
        boolean heard = rung.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        rung.drainPermits();
        return heard;
    }
}
