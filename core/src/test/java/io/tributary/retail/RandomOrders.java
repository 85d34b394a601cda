package io.tributary.retail;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Awkward orders from a seed: late and out of order, equal time stamps, hot keys, orders on the
 * boundaries of windows, hours without data, refunds, unknown products, Korean and hostile names.
 */
public final class RandomOrders {
    public static final Instant FIRST_PARTITION = Instant.parse("2023-09-07T04:00:00Z");
    private static final LocalDateTime FIRST_DAY = LocalDateTime.parse("2015-01-01T00:00:00");
    private static final String[] DIVISIONS = {"담배", "담배", "담배", "음료", "과자", "a'\"\\,\u001F;--", "😀", "ﾊﾝｶｸ"};
    private static final String[] CATEGORIES = {"가", "나", "다,라"};

    private final Random random;
    private final int partitions;

    public RandomOrders(long seed, int partitions) {
        this.random = new Random(seed);
        this.partitions = partitions;
    }

    public List<EnrichedOrder> list(int size) {
        List<EnrichedOrder> orders = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            orders.add(next());
        }
        return orders;
    }

    /** The start of the ingest partition of an order: the hour in which it was sent. */
    public static Instant partitionOf(EnrichedOrder order) {
        return partition(Duration.between(FIRST_PARTITION, order.eventTime()).toHours());
    }

    public static Instant partition(long index) {
        return FIRST_PARTITION.plus(Duration.ofHours(index));
    }

    private EnrichedOrder next() {
        LocalDateTime time = dateTime();
        @Nullable String division = random.nextInt(12) == 0 ? null : DIVISIONS[random.nextInt(DIVISIONS.length)];
        @Nullable String category = division == null ? null : CATEGORIES[random.nextInt(CATEGORIES.length)];
        boolean refund = random.nextInt(10) == 0;
        int quantity = (refund ? -1 : 1) * (1 + random.nextInt(3));
        return new EnrichedOrder(
                time.toLocalDate(),
                time.getHour(),
                "S" + random.nextInt(2),
                "가게",
                "0" + random.nextInt(2),
                "" + random.nextInt(20),
                "880" + random.nextInt(9),
                quantity,
                BigDecimal.valueOf(quantity * (long) random.nextInt(20_000) * 50, 2),
                division == null ? null : "0" + division.length(),
                division,
                category == null ? null : "1",
                category,
                category == null ? null : "2",
                category == null ? null : category + random.nextInt(2),
                division == null ? null : "상품 " + random.nextInt(9),
                division == null ? null : (Boolean) random.nextBoolean(),
                time,
                FIRST_PARTITION
                        .plus(Duration.ofHours(random.nextInt(partitions)))
                        .plusNanos(random.nextInt(3_600_000) * 1_000_000L));
    }

    /** Mostly in a few hours of three days, often exactly on the hour. */
    private LocalDateTime dateTime() {
        LocalDateTime hour =
                FIRST_DAY.plusDays(random.nextInt(3)).plusHours(random.nextInt(4) == 0 ? random.nextInt(24) : 20);
        return switch (random.nextInt(4)) {
            case 0 -> hour;
            case 1 -> hour.plusMinutes(59).plusSeconds(59).plusNanos(999_999_000);
            default -> hour.plusSeconds(random.nextInt(3_600));
        };
    }

    /** The same order with another receipt. */
    public static EnrichedOrder withReceipt(EnrichedOrder order, String receipt) {
        return with(order, receipt, order.dateTime());
    }

    /** The same order, sold at another time. */
    public static EnrichedOrder withDateTime(EnrichedOrder order, LocalDateTime time) {
        return with(order, order.receiptNumber(), time);
    }

    private static EnrichedOrder with(EnrichedOrder order, String receipt, LocalDateTime time) {
        return new EnrichedOrder(
                time.toLocalDate(),
                time.getHour(),
                order.storeCode(),
                order.storeName(),
                order.posNumber(),
                receipt,
                order.productCode(),
                order.quantity(),
                order.amount(),
                order.divisionCode(),
                order.divisionName(),
                order.mainCategoryCode(),
                order.mainCategoryName(),
                order.subCategoryCode(),
                order.subCategoryName(),
                order.productName(),
                order.privateBrand(),
                time,
                order.eventTime());
    }
}
