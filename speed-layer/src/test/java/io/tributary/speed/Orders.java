package io.tributary.speed;

import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Orders for tests: a few days of few divisions, with gaps, equal times, times on boundaries and products not found. */
final class Orders {
    static final PartitionLayout LAYOUT = PartitionLayout.parse(
            "data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/");

    private static final LocalDateTime START = LocalDateTime.of(2015, 1, 1, 0, 0);
    private static final Instant INGEST = Instant.parse("2023-09-07T04:00:00Z");
    private static final String[] DIVISIONS = {"담배", "음료", "과자", "우유", "주류"};

    private Orders() {}

    /** In random order. */
    static List<EnrichedOrder> random(long seed, int number) {
        Random random = new Random(seed);
        List<EnrichedOrder> orders = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            // No order in the small hours, so that there are windows without data.
            LocalDateTime time = START.plusDays(random.nextInt(3)).plusHours(5 + random.nextInt(18));
            time = switch (random.nextInt(4)) {
                case 0 -> time;
                case 1 -> time.plusMinutes(59).plusSeconds(59);
                default -> time.plusSeconds(random.nextInt(3600));
            };
            orders.add(order(
                    time,
                    random.nextInt(DIVISIONS.length + 1) - 1,
                    random.nextInt(3),
                    BigDecimal.valueOf(100L * (random.nextInt(200) - 10)),
                    INGEST.plusSeconds(random.nextInt(6 * 3600))));
        }
        return orders;
    }

    static List<EnrichedOrder> byEventTime(long seed, int number) {
        List<EnrichedOrder> orders = random(seed, number);
        orders.sort(Comparator.comparing(EnrichedOrder::dateTime));
        return orders;
    }

    static EnrichedOrder at(String time, String division, long amount) {
        int index = List.of(DIVISIONS).indexOf(division);
        return order(LocalDateTime.parse(time), index, 0, BigDecimal.valueOf(amount), INGEST);
    }

    /** @param division -1 for a product that is not in the catalogue */
    private static EnrichedOrder order(
            LocalDateTime time, int division, int category, BigDecimal amount, Instant ingest) {
        TransactionOrder order = new TransactionOrder(
                time.toLocalDate(),
                time.getHour(),
                "S001",
                "강남점",
                "0" + category,
                "00" + time.getMinute() % 10,
                "880000000000" + category,
                1,
                amount,
                time);
        if (division < 0) {
            return EnrichedOrder.withoutProduct(order, ingest);
        }
        Product product = new Product(
                "0" + division,
                DIVISIONS[division],
                "0" + division + category,
                DIVISIONS[division] + category,
                "1",
                "기타",
                order.productCode(),
                "상품",
                false);
        return EnrichedOrder.of(order, product, ingest);
    }
}
