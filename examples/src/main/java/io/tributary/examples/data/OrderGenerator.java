package io.tributary.examples.data;

import io.tributary.retail.TransactionOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/**
 * The orders of half a year, 2015-01-01 to 2015-06-30, in whole won. Catalogue, seed and count decide every
 * byte. One store sells up to 94,498 lines, about 520 a day; a larger count is shared by as many stores as
 * keep that density, so that 100 million lines come from 1,059 stores in the same half year.
 *
 * <p>On the ingest clock the half year is replayed in {@link #SPAN} from {@link #START} on, whatever the
 * count: 36 partitions of an hour. About one line in fifty is sent minutes to hours after its turn in store
 * time, one in two thousand more than a day. Iterators are independent of each other and hold no list of
 * orders.
 */
public final class OrderGenerator {
    /** The lines of one store in half a year. */
    public static final long DEFAULT_COUNT = 94_498;

    public static final long MAX_COUNT = 100_000_000;

    /** Before the first order is sent. */
    public static final Instant START = Instant.parse("2023-09-07T04:00:00Z");

    /** The time that the replay takes; the last order is sent just before its end. */
    public static final Duration SPAN = Duration.ofHours(36);

    private final Catalogue catalogue;
    private final long seed;
    private final long count;

    private OrderGenerator(Catalogue catalogue, long seed, long count) {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("Invalid order count: %d (must be 1 to %d; a store's half year is %d)"
                    .formatted(count, MAX_COUNT, DEFAULT_COUNT));
        }
        this.catalogue = catalogue;
        this.seed = seed;
        this.count = count;
    }

    public static OrderGenerator of(Catalogue catalogue, long seed, long count) {
        return new OrderGenerator(catalogue, seed, count);
    }

    /** The products that are sold. */
    public Catalogue catalogue() {
        return catalogue;
    }

    public long count() {
        return count;
    }

    /** How many stores share the count. */
    public int storeCount() {
        return (int) ((count + DEFAULT_COUNT - 1) / DEFAULT_COUNT);
    }

    /** The orders by event time, the lines of a receipt one after the other. */
    public Iterator<TransactionOrder> orders() {
        return new OrderStream(catalogue, seed, count, storeCount());
    }

    /** The same orders in the order in which they are sent, by ingest time. */
    public Iterator<SentOrder> sentOrders() {
        return new Replay(orders(), Dice.of(seed, "replay"), START, SPAN, count);
    }
}
