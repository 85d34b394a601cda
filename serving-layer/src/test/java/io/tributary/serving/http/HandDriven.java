package io.tributary.serving.http;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what it was given last when it is told to. */
final class HandDriven extends ScheduledThreadPoolExecutor {
    private Runnable given = () -> {};

    HandDriven() {
        super(1);
    }

    void run() {
        given.run();
    }

    @Override
    public void execute(Runnable task) {
        given = task;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        given = task;
        return super.schedule(() -> {}, 0, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long pause, TimeUnit unit) {
        return schedule(task, first, unit);
    }
}
