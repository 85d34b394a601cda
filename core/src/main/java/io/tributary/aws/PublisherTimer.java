package io.tributary.aws;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes the publisher when a request is due though nothing else happens. Guarded by the publisher's lock. */
final class PublisherTimer implements AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;
    private final InstantSource clock;
    private final Runnable task;
    private @Nullable Instant wakeAt;

    PublisherTimer(String stream, InstantSource clock, Runnable task) {
        this.clock = clock;
        this.task = task;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread created = new Thread(work, "kinesis-publisher-" + stream);
            created.setDaemon(true);
            return created;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Time that only goes on, whatever is done to the machine's clock. */
    static InstantSource steadyClock() {
        return () -> Instant.EPOCH.plusNanos(System.nanoTime());
    }

    /** Sees to it that the task runs at that instant, or before. */
    void wakeAt(Instant instant) {
        if (thread.isShutdown() || (wakeAt != null && !instant.isBefore(wakeAt))) {
            return;
        }
        wakeAt = instant;
        long delay = Math.max(Duration.between(clock.instant(), instant).toNanos(), 0);
        var unused = thread.schedule(task, delay, TimeUnit.NANOSECONDS);
    }

    /** The task has begun: what was asked for is due. */
    void woken() {
        wakeAt = null;
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
