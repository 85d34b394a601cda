package io.tributary.examples.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What of this process' heap is in use when nothing is there to be collected. */
final class LiveHeap {
    private static final long INTERVAL_MILLIS = 500;
    private static final double MIB = 1 << 20;

    private LiveHeap() {}

    /** In MiB, twice a second while some work is done. The collections slow it down. */
    static List<Double> during(Rates.Work work) throws Exception {
        List<Double> used = new ArrayList<>();
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> unused = looking.scheduleWithFixedDelay(
                    () -> used.add(now()), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            work.run();
        } finally {
            looking.shutdown();
            while (!looking.awaitTermination(1, TimeUnit.MINUTES)) {
                // A collection takes long.
            }
        }
        if (used.isEmpty()) {
            used.add(now());
        }
        return used;
    }

    private static double now() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    }
}
