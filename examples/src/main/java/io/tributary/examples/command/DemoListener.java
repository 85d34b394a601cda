package io.tributary.examples.command;

import io.tributary.examples.pipeline.CheckedReplay;
import io.tributary.retail.EnrichedOrder;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows how the demo goes on, paces it, and keeps the latest orders for lab 1. */
final class DemoListener implements CheckedReplay.Listener {
    private static final int LATEST = 5;

    private final Progress progress;
    private final Duration hour;
    private final Consumer<EnrichedOrder> tail;
    private final Deque<EnrichedOrder> latest = new ArrayDeque<>();
    private @Nullable Instant paced;
    private int right;
    private int wrong;

    /**
     * @param hour how long an hour of the ingest clock takes
     * @param tail sees each order
     */
    DemoListener(Progress progress, Duration hour, Consumer<EnrichedOrder> tail) {
        this.progress = progress;
        this.hour = hour;
        this.tail = tail;
    }

    @Override
    public void sent(EnrichedOrder order, long count) throws InterruptedException {
        progress.to(count);
        tail.accept(order);
        latest.addLast(order);
        if (latest.size() > LATEST) {
            latest.removeFirst();
        }
        pace(order.eventTime(), count);
    }

    /** Waits once for each minute that passes on the ingest clock. */
    private void pace(Instant ingest, long count) throws InterruptedException {
        Instant minute = ingest.truncatedTo(ChronoUnit.MINUTES);
        if (hour.isZero() || minute.equals(paced)) {
            return;
        }
        if (paced != null) {
            long minutes = ChronoUnit.MINUTES.between(paced, minute);
            TimeUnit.NANOSECONDS.sleep(hour.dividedBy(60).multipliedBy(minutes).toNanos());
        }
        if (paced == null || minute.equals(minute.truncatedTo(ChronoUnit.HOURS))) {
            System.out.printf("%s  %,9d orders sent%n", minute, count);
            System.out.flush();
        }
        paced = minute;
    }

    @Override
    public void checked(CheckedReplay.Check check) {
        right += check.right().size();
        wrong += check.wrong().size();
        System.out.printf(
                "cut %s: %,d orders, of which the speed layer answers for %,d; %d views are one pass over all%n",
                check.cut(), check.orders(), check.beyondCut(), check.right().size());
        if (!check.wrong().isEmpty()) {
            System.out.printf("  WRONG: %s%n", String.join(", ", check.wrong()));
        }
        System.out.flush();
    }

    int rightAnswers() {
        return right;
    }

    int wrongAnswers() {
        return wrong;
    }

    /** Lab 1: the raw stream. */
    void printLatest(PrintStream out) {
        out.printf("%nlab1 — the latest orders%n");
        List<List<String>> rows = latest.stream()
                .map(order -> List.of(
                        order.dateTime().toString(),
                        order.storeName(),
                        order.receiptNumber(),
                        String.valueOf(order.productName()),
                        String.valueOf(order.quantity()),
                        EnrichedOrder.MOUNT.type().wireText(order.amount()),
                        order.eventTime().toString()))
                .toList();
        TextTable.of(
                        List.of(
                                "tr_datetime",
                                "store_name",
                                "receipt_num",
                                "product_name",
                                "qty",
                                "mount",
                                "event_time"),
                        rows)
                .print(out);
    }
}
