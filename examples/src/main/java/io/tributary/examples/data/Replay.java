package io.tributary.examples.data;

import io.tributary.retail.TransactionOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sends order lines in the order of their event time, but holds some of them back. It keeps only those held
 * back, at most a few in a hundred of a day's lines.
 */
final class Replay implements Iterator<SentOrder> {
    private static final double A_DAY_LATE = 0.0005;
    private static final double HOURS_LATE = 0.005;
    private static final double MINUTES_LATE = 0.015;
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final double WHOLE_SECOND = 0.0625;
    private static final long MICROS = 1_000_000;

    /** A line that is held back until business reaches a second. */
    private record HeldBack(TransactionOrder order, long releaseSecond, long sequence) {
        static final Comparator<HeldBack> BY_RELEASE =
                Comparator.comparingLong(HeldBack::releaseSecond).thenComparingLong(HeldBack::sequence);
    }

    private final Iterator<TransactionOrder> orders;
    private final Dice dice;
    private final Instant start;
    private final long spanMicros;
    private final double pace;
    private final PriorityQueue<HeldBack> heldBack = new PriorityQueue<>(HeldBack.BY_RELEASE);

    private @Nullable TransactionOrder onTime;
    private long sequence;
    private long sent;
    private long lastMicros;

    Replay(Iterator<TransactionOrder> orders, Dice dice, Instant start, Duration span, long count) {
        this.orders = orders;
        this.dice = dice;
        this.start = start;
        this.spanMicros = span.toNanos() / 1000;
        this.pace = (double) spanMicros / count;
    }

    @Override
    public boolean hasNext() {
        return onTime != null || !heldBack.isEmpty() || orders.hasNext();
    }

    @Override
    public SentOrder next() {
        TransactionOrder punctual = nextOnTime();
        HeldBack late = heldBack.peek();
        if (late != null && (punctual == null || late.releaseSecond() <= second(punctual))) {
            heldBack.remove();
            return send(late.order());
        }
        if (punctual == null) {
            throw new NoSuchElementException("Cannot send another order: all of them are sent");
        }
        onTime = null;
        return send(punctual);
    }

    /** The next line that is not held back; stays in place until it is sent. */
    private @Nullable TransactionOrder nextOnTime() {
        while (onTime == null && orders.hasNext()) {
            TransactionOrder order = orders.next();
            int delay = drawDelaySeconds();
            if (delay == 0) {
                onTime = order;
            } else {
                heldBack.add(new HeldBack(order, second(order) + delay, sequence++));
            }
        }
        return onTime;
    }

    private int drawDelaySeconds() {
        double lot = dice.unit();
        if (lot < A_DAY_LATE) {
            return 24 * HOUR + dice.below(2 * HOUR);
        }
        if (lot < A_DAY_LATE + HOURS_LATE) {
            return HOUR + dice.below(7 * HOUR);
        }
        return lot < A_DAY_LATE + HOURS_LATE + MINUTES_LATE ? MINUTE + dice.below(HOUR - MINUTE) : 0;
    }

    private static long second(TransactionOrder order) {
        return order.dateTime().toEpochSecond(ZoneOffset.UTC);
    }

    private SentOrder send(TransactionOrder order) {
        long micros = Math.min((long) ((sent + dice.unit()) * pace), spanMicros - 1);
        long wholeSecond = micros - micros % MICROS;
        if (wholeSecond >= lastMicros && dice.chance(WHOLE_SECOND)) {
            micros = wholeSecond;
        }
        sent++;
        lastMicros = micros;
        return new SentOrder(order, start.plusNanos(micros * 1000));
    }
}
