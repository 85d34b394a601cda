package io.tributary.examples.cluster;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.Row;
import io.tributary.view.View;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

/**
 * Orders with numbers from 0 that can be found again, one by one, in the sums of {@link #VIEW}: eight orders
 * share a subcategory, and the amount of each is another power of a hundred, so two digits of the sum tell how
 * often it was counted. Orders of a subcategory are {@value #STRIDE} numbers apart, so that later ones are added
 * to slices which earlier checkpoints have.
 */
final class NumberedOrders {
    static final View<EnrichedOrder> VIEW = RetailViews.CATEGORY_SALES;

    private static final int OF_A_GROUP = 8;
    private static final int STRIDE = 64;
    private static final BigInteger BASE = BigInteger.valueOf(100);
    private static final LocalDateTime START = LocalDateTime.of(2015, 1, 2, 0, 0);

    private NumberedOrders() {}

    static EnrichedOrder of(int number, Instant sent) {
        int block = number / (OF_A_GROUP * STRIDE);
        int within = number % (OF_A_GROUP * STRIDE);
        LocalDateTime time = START.plusSeconds(10L * number);
        return new EnrichedOrder(
                time.toLocalDate(),
                time.getHour(),
                "1",
                "store",
                "1",
                "" + number,
                "8801",
                1,
                new BigDecimal(BASE.pow(within / STRIDE)),
                "1",
                "division",
                "1",
                "category",
                "1",
                "" + (block * STRIDE + within % STRIDE),
                "product",
                false,
                time,
                sent);
    }

    static int number(EnrichedOrder order) {
        return Integer.parseInt(order.receiptNumber());
    }

    /** How often the rows of {@link #VIEW} count each number. */
    static Census count(List<Row> rows) {
        Census census = new Census();
        for (Row row : rows) {
            int group = Integer.parseInt(String.valueOf(row.dimensions().get(2)));
            int first = group / STRIDE * OF_A_GROUP * STRIDE + group % STRIDE;
            BigInteger sum = new BigDecimal(String.valueOf(row.measures().get(1))).toBigIntegerExact();
            for (int member = 0; sum.signum() > 0; member++) {
                BigInteger[] parts = sum.divideAndRemainder(BASE);
                census.add(first + member * STRIDE, parts[1].intValueExact());
                sum = parts[0];
            }
        }
        return census;
    }
}
