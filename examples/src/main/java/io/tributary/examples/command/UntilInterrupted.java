package io.tributary.examples.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command that is told to stop by Ctrl-C close what it opened before the process ends. */
final class UntilInterrupted implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop-command");
    private volatile boolean stopping;

    private UntilInterrupted() {}

    static UntilInterrupted begin() {
        UntilInterrupted process = new UntilInterrupted();
        Runtime.getRuntime().addShutdownHook(process.hook);
        return process;
    }

    /** Waits until the process is told to stop. */
    void await() throws InterruptedException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    /** Stops whatever the command does, and waits until it has closed what it opened. */
    void stop() {
        stopping = true;
        worker.interrupt();
        try {
            boolean unused = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is stopping, and the hook now lets it.
        }
    }
}
