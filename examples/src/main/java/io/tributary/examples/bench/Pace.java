package io.tributary.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the readers of a process's only job wait for: at the start for each other, so that the time begins when all
 * run; at the end for enough checkpoints, since none is completed once a task has finished.
 */
final class Pace {
    static final int CHECKPOINTS = 5;

    private static final int PATIENCE_SECONDS = 60;
    private static final CountDownLatch READY = new CountDownLatch(JobPlan.PARALLELISM);
    private static final CountDownLatch RUN_OUT = new CountDownLatch(JobPlan.PARALLELISM);
    private static final CompletableFuture<Void> END = new CompletableFuture<>();
    private static final Set<Long> COMPLETED = ConcurrentHashMap.newKeySet();
    private static final Map<Long, Integer> WHOLE = new ConcurrentHashMap<>();
    private static volatile long startNanos;
    private static volatile long ranOutNanos;
    private static volatile long endNanos;
    private static volatile long startMillis;
    private static volatile long startProcessorNanos;

    private Pace() {}

    /** A reader has its first order; comes back when all have. */
    static void ready() throws InterruptedException {
        READY.countDown();
        READY.await();
        synchronized (READY) {
            if (startNanos == 0) {
                startMillis = System.currentTimeMillis();
                startProcessorNanos = processorNanos();
                startNanos = System.nanoTime();
            }
        }
    }

    static long startNanos() {
        return startNanos;
    }

    /** What all threads of the process have needed since the start. */
    static long usedProcessorNanos() {
        return processorNanos() - startProcessorNanos;
    }

    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    static long startMillis() {
        return startMillis;
    }

    /** A reader has no more orders. */
    static void ranOut(boolean untilKept) {
        ranOutNanos = System.nanoTime();
        RUN_OUT.countDown();
        // Too few checkpoints are told by the outcome.
        END.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS);
        endWhenDone(untilKept);
    }

    /** A reader that has run out takes part in a checkpoint. */
    static void keeps(long checkpoint) {
        WHOLE.merge(checkpoint, 1, Integer::sum);
    }

    static void completed(long checkpoint, boolean untilKept) {
        COMPLETED.add(checkpoint);
        endWhenDone(untilKept);
    }

    /** One more than must be counted, as the first may have begun before the time did. */
    private static void endWhenDone(boolean untilKept) {
        if (RUN_OUT.getCount() == 0
                && COMPLETED.size() > CHECKPOINTS
                && (!untilKept
                        || COMPLETED.stream()
                                .anyMatch(checkpoint -> WHOLE.getOrDefault(checkpoint, 0) == JobPlan.PARALLELISM))) {
            endNanos = System.nanoTime();
            END.complete(null);
        }
    }

    /** How long the input was kept from its end, for want of checkpoints. */
    static long waitedNanos() {
        return Math.max(0, endNanos - ranOutNanos);
    }

    /** Done when the input may end. */
    static CompletableFuture<Void> end() {
        return END;
    }
}
