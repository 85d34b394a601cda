package io.tributary.speed;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/** Flushes a buffer a while after its first element. Runs in the task's own thread, and only when there is something. */
final class FlushTimer {
    private final ProcessingTimeService time;
    private final Duration interval;
    private final Runnable flush;
    private boolean armed;

    FlushTimer(ProcessingTimeService time, Duration interval, Runnable flush) {
        this.time = time;
        this.interval = interval;
        this.flush = flush;
    }

    void arm() {
        if (armed) {
            return;
        }
        armed = true;
        // Not cancelled: a task that ends drops its timers, and a flush of nothing does nothing.
        ScheduledFuture<?> unused = time.registerTimer(time.getCurrentProcessingTime() + interval.toMillis(), now -> {
            armed = false;
            flush.run();
        });
    }
}
