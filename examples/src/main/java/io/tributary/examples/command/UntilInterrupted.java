package io.tributary.examples.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command that is told to stop by Ctrl-C close what it opened before the process ends. */
final class UntilInterrupted implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop-command");
    private final Duration patience;
    private volatile boolean stopping;

    private UntilInterrupted(Duration patience) {
        this.patience = patience;
    }

    static UntilInterrupted begin() {
        return begin(PATIENCE);
    }

    /** @param patience how long the command may take to close what it opened */
    static UntilInterrupted begin(Duration patience) {
        UntilInterrupted process = new UntilInterrupted(patience);
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

    /** Stops whatever the command does, and waits until it has closed what it opened; tells when it waits no longer. */
    void stop() {
        stopping = true;
        worker.interrupt();
        try {
            if (!closed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.printf("tributary: Cannot wait any longer: not all was closed within %s%n", patience);
            }
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
