package io.tributary.retail;

import io.tributary.schema.InvalidValueException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Orders and products for tests: one of each that is plain, and arbitrary ones that are awkward. */
public final class RetailRecords {
    public static final TransactionOrder ORDER = new TransactionOrder(
            LocalDate.of(2015, 1, 2),
            20,
            "S001",
            "강남점",
            "01",
            "0042",
            "8801234567890",
            2,
            new BigDecimal("1000"),
            LocalDateTime.of(2015, 1, 2, 20, 45, 22));
    public static final Product PRODUCT =
            new Product("01", "식품", "0101", "음료", "010101", "탄산음료, 캔", "8801234567890", "사이다 \"제로\"", false);
    public static final Instant EVENT_TIME = Instant.parse("2023-09-07T04:33:10.472585Z");
    public static final EnrichedOrder ENRICHED = EnrichedOrder.of(ORDER, PRODUCT, EVENT_TIME);

    private RetailRecords() {}

    /** Any text that a column may hold: Korean, quotes, control characters, emoji, right-to-left, line ends. */
    public static Arbitrary<String> texts() {
        Arbitrary<String> awkward = Arbitraries.of(
                "",
                " ",
                "담배",
                "\"quoted\", with comma",
                "two\r\nlines\nand\rmore",
                "\t\b\u0001\u001f\u007f",
                "🍙👩‍👩‍👧",
                "שלום עליכם",
                "\u202Ertl\u202C",
                "\\u0041 \\ /",
                "\uFEFFbom",
                "\u2028\u2029\u0085",
                "\uFFFD\uFFFF",
                "007",
                "null",
                "#no comment");
        return Arbitraries.oneOf(
                awkward, Arbitraries.strings().all().ofMaxLength(12).filter(RetailRecords::isText));
    }

    private static boolean isText(String text) {
        try {
            Product.PRODUCT_NAME.type().parse(text);
            return true;
        } catch (InvalidValueException e) {
            return false;
        }
    }

    public static Arbitrary<LocalDate> days() {
        return Arbitraries.longs()
                .between(
                        LocalDate.of(1, 1, 1).toEpochDay(),
                        LocalDate.of(9999, 12, 31).toEpochDay())
                .map(LocalDate::ofEpochDay);
    }

    /** Times of the years 1 to 9999 with 0 to 6 fraction digits. */
    public static Arbitrary<LocalDateTime> dateTimes() {
        Arbitrary<Integer> micros = Arbitraries.of(0, 1, 100, 1_000, 120_000, 472_585, 999_999);
        return Combinators.combine(days(), Arbitraries.integers().between(0, 86_399), micros)
                .as((day, second, micro) ->
                        day.atStartOfDay().plusSeconds(second).plus(micro, ChronoUnit.MICROS));
    }

    public static Arbitrary<TransactionOrder> orders() {
        Arbitrary<BigDecimal> amounts = Arbitraries.bigDecimals()
                .between(new BigDecimal("-9999999999999999.99"), new BigDecimal("9999999999999999.99"))
                .ofScale(2);
        Arbitrary<OrderTexts> orderTexts =
                Combinators.combine(texts(), texts(), texts(), texts(), texts()).as(OrderTexts::new);
        return Combinators.combine(
                        days(),
                        Arbitraries.integers().between(0, 23),
                        orderTexts,
                        Arbitraries.integers(),
                        amounts,
                        dateTimes())
                .as((date, hour, text, quantity, amount, dateTime) -> new TransactionOrder(
                        date,
                        hour,
                        text.storeCode(),
                        text.storeName(),
                        text.posNumber(),
                        text.receiptNumber(),
                        text.productCode(),
                        quantity,
                        amount,
                        dateTime));
    }

    private record OrderTexts(
            String storeCode, String storeName, String posNumber, String receiptNumber, String productCode) {}

    public static Arbitrary<Product> products() {
        return Combinators.combine(texts().list().ofSize(8), Arbitraries.of(true, false))
                .as((text, privateBrand) -> new Product(
                        text.get(0),
                        text.get(1),
                        text.get(2),
                        text.get(3),
                        text.get(4),
                        text.get(5),
                        text.get(6),
                        text.get(7),
                        privateBrand));
    }

    /** With and without their product. */
    public static Arbitrary<EnrichedOrder> enrichedOrders() {
        return Combinators.combine(orders(), products().injectNull(0.2), dateTimes())
                .as((order, product, time) -> product == null
                        ? EnrichedOrder.withoutProduct(order, time.toInstant(ZoneOffset.UTC))
                        : EnrichedOrder.of(order, product, time.toInstant(ZoneOffset.UTC)));
    }
}
