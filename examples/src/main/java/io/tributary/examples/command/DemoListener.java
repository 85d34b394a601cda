package io.tributary.examples.command;

import io.tributary.examples.pipeline.CheckedReplay;
import io.tributary.retail.EnrichedOrder;
import java.io.PrintStream;
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
    private final ReplayPace pace;
    private final Consumer<EnrichedOrder> tail;
    private final Deque<EnrichedOrder> latest = new ArrayDeque<>();
    private @Nullable Instant told;
    private int right;
    private int wrong;

    /** @param tail sees each order */
    DemoListener(Progress progress, ReplayPace pace, Consumer<EnrichedOrder> tail) {
        this.progress = progress;
        this.pace = pace;
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

    private void pace(Instant ingest, long count) throws InterruptedException {
        if (!pace.isPaced()) {
            return;
        }
        Instant minute = ingest.truncatedTo(ChronoUnit.MINUTES);
        boolean isHour = minute.equals(minute.truncatedTo(ChronoUnit.HOURS));
        if (told == null || isHour && !minute.equals(told)) {
            told = minute;
            System.out.printf("%s  %,9d orders sent%n", minute, count);
            Screen.flush(System.out);
        }
        TimeUnit.NANOSECONDS.sleep(pace.ahead(ingest, System.nanoTime()).toNanos());
    }

    @Override
    public void checked(CheckedReplay.Check check) {
        right += check.right().size();
        wrong += check.wrong().size();
        System.out.printf(
                "cut %s: %,d orders, of which the speed layer answers for %,d; %d views equal a single pass over all%n",
                check.cut(), check.orders(), check.beyondCut(), check.right().size());
        if (!check.wrong().isEmpty()) {
            System.out.printf("  WRONG: %s%n", String.join(", ", check.wrong()));
        }
        Screen.flush(System.out);
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
