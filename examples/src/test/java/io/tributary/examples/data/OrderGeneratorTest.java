package io.tributary.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.Product;
import io.tributary.retail.TransactionOrder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderGeneratorTest {
    private record Receipt(LocalDate date, String store, String register, String number) {
        static Receipt of(TransactionOrder order) {
            return new Receipt(order.date(), order.storeCode(), order.posNumber(), order.receiptNumber());
        }
    }

    private static final Catalogue CATALOGUE = Catalogue.of(1);
    private static List<TransactionOrder> orders = List.of();

    @BeforeAll
    static void generateTheDefault() {
        orders = list(
                OrderGenerator.of(CATALOGUE, 1, OrderGenerator.DEFAULT_COUNT).orders());
    }

    private static <T> List<T> list(Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    private static List<TransactionOrder> first(int size, long seed) {
        List<TransactionOrder> first = new ArrayList<>();
        Iterator<TransactionOrder> iterator =
                OrderGenerator.of(CATALOGUE, seed, OrderGenerator.DEFAULT_COUNT).orders();
        while (first.size() < size) {
            first.add(iterator.next());
        }
        return first;
    }

    @Test
    void sellsTheLinesOfOneStoreInHalfAYear() {
        assertThat(orders).hasSize(94_498);
        assertThat(orders).extracting(TransactionOrder::storeName).containsOnly("온새 1호점");
        assertThat(orders.get(0).date()).isEqualTo("2015-01-01");
        assertThat(orders.get(orders.size() - 1).date()).isEqualTo("2015-06-30");
        assertThat(orders.stream().map(TransactionOrder::date).distinct()).hasSize(181);
    }

    @Test
    void ordersComeInTheOrderOfTheirEventTime() {
        assertThat(orders).isSortedAccordingTo(Comparator.comparing(TransactionOrder::dateTime));
        assertThat(orders).allSatisfy(order -> {
            assertThat(order.date()).isEqualTo(order.dateTime().toLocalDate());
            assertThat(order.hour()).isEqualTo(order.dateTime().getHour());
        });
    }

    @Test
    void theSameSeedSellsTheSameLinesForEver() {
        assertThat(Fingerprint.of(first(1_000, 1)))
                .isEqualTo("8fa0bff24da796f8c82368af7c8f28eb6657cc0b7840b685f9b658543981c0bf");
        assertThat(first(1_000, 2)).isNotEqualTo(first(1_000, 1));
    }

    @Test
    void everyProductIsInTheCatalogue() {
        assertThat(orders).allMatch(order -> CATALOGUE.find(order.productCode()).isPresent());
    }

    @Test
    void mostLinesAreSoldLateInTheEveningAndFewestBeforeDawn() {
        long[] byHour = new long[24];
        orders.forEach(order -> byHour[order.hour()]++);

        for (int hour = 0; hour < 24; hour++) {
            if (hour < 20) {
                assertThat(byHour[hour]).isLessThan(byHour[20]).isLessThan(byHour[23]);
            }
            if (hour != 4 && hour != 5) {
                assertThat(byHour[hour]).isGreaterThan(byHour[4]).isGreaterThan(byHour[5]);
            }
        }
        assertThat(byHour[4]).isPositive();
    }

    @Test
    void someHoursOfTheNightPassWithoutASale() {
        long hoursWithSales = orders.stream()
                .map(order -> order.dateTime().truncatedTo(ChronoUnit.HOURS))
                .distinct()
                .count();

        assertThat(hoursWithSales).isBetween(4_200L, 4_340L);
    }

    @Test
    void tobaccoSellsMostInNearlyEveryHour() {
        Map<LocalDateTime, List<TransactionOrder>> byHour = orders.stream()
                .collect(Collectors.groupingBy(order -> order.dateTime().truncatedTo(ChronoUnit.HOURS)));
        byHour.values().removeIf(hour -> hour.size() < 10);

        long led = byHour.values().stream()
                .filter(hour -> bestSellingDivision(hour).equals("담배"))
                .count();

        assertThat(byHour).hasSizeGreaterThan(3_000);
        assertThat((double) led / byHour.size()).isBetween(0.90, 0.999);
    }

    private static String bestSellingDivision(List<TransactionOrder> hour) {
        Map<String, BigDecimal> amounts = new TreeMap<>();
        for (TransactionOrder order : hour) {
            Product product = CATALOGUE.find(order.productCode()).orElseThrow();
            amounts.merge(product.divisionName(), order.amount(), BigDecimal::add);
        }
        return amounts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    @Test
    void aFewProductsSellMostOfTheLinesAndMostProductsAreSold() {
        List<Long> counts = orders.stream()
                .collect(Collectors.groupingBy(TransactionOrder::productCode, Collectors.counting()))
                .values()
                .stream()
                .sorted(Comparator.reverseOrder())
                .toList();
        long topTenth = counts.stream()
                .limit(Catalogue.SIZE / 10)
                .mapToLong(Long::longValue)
                .sum();

        assertThat((double) topTenth / orders.size()).isBetween(0.45, 0.80);
        assertThat(counts.size()).isGreaterThan(Catalogue.SIZE * 3 / 4);
    }

    @Test
    void linesOfAReceiptStandTogetherAndShareTheirTime() {
        Set<Receipt> finished = new HashSet<>();
        for (int i = 0; i < orders.size(); ) {
            Receipt receipt = Receipt.of(orders.get(i));
            int end = i;
            while (end < orders.size() && Receipt.of(orders.get(end)).equals(receipt)) {
                end++;
            }
            List<TransactionOrder> lines = orders.subList(i, end);
            assertThat(finished.add(receipt)).isTrue();
            assertThat(lines).hasSizeBetween(1, 6);
            assertThat(lines)
                    .extracting(TransactionOrder::dateTime)
                    .containsOnly(lines.get(0).dateTime());
            assertThat(lines).extracting(TransactionOrder::productCode).doesNotHaveDuplicates();
            i = end;
        }
        assertThat((double) orders.size() / finished.size()).isBetween(1.9, 2.2);
    }

    @Test
    void receiptNumbersComeRoundAgainOnLaterDays() {
        Map<LocalDate, Set<String>> byDay = orders.stream()
                .collect(Collectors.groupingBy(
                        TransactionOrder::date,
                        Collectors.mapping(TransactionOrder::receiptNumber, Collectors.toSet())));

        assertThat(byDay.values()).allMatch(numbers -> numbers.contains("0001"));
        assertThat(orders).extracting(TransactionOrder::posNumber).contains("01", "02", "03");
    }

    @Test
    void amountsAreWholeWonForSingleAndSeveralPiecesAndAFewAreRefunds() {
        assertThat(orders).allSatisfy(order -> {
            assertThat(order.quantity()).isNotZero();
            assertThat(order.amount().remainder(BigDecimal.valueOf(50))).isEqualByComparingTo("0");
            assertThat(order.amount().signum()).isEqualTo(Integer.signum(order.quantity()));
        });
        assertThat(orders.stream().filter(order -> order.quantity() < 0).count())
                .isBetween(50L, 400L);
        assertThat(orders.stream().filter(order -> order.quantity() > 1).count())
                .isBetween(5_000L, 25_000L);
    }

    @Test
    void aProductKeepsItsPrice() {
        Function<TransactionOrder, BigDecimal> price =
                order -> order.amount().divide(BigDecimal.valueOf(order.quantity()));
        Map<String, Set<BigDecimal>> prices = orders.stream()
                .collect(Collectors.groupingBy(
                        TransactionOrder::productCode, Collectors.mapping(price, Collectors.toSet())));

        assertThat(prices.values()).allMatch(all -> all.size() == 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 10, 999, 94_499, 300_000})
    void sellsExactlyAsManyLinesAsAskedFor(long count) {
        OrderGenerator generator = OrderGenerator.of(CATALOGUE, 3, count);
        Iterator<TransactionOrder> iterator = generator.orders();
        Set<String> stores = new HashSet<>();
        long sold = 0;
        while (iterator.hasNext()) {
            stores.add(iterator.next().storeName());
            sold++;
        }

        assertThat(sold).isEqualTo(count);
        assertThat(stores).hasSizeLessThanOrEqualTo(generator.storeCount());
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aLargeCountIsSharedByManyStoresFromTheFirstHourOn() {
        Iterator<TransactionOrder> iterator =
                OrderGenerator.of(CATALOGUE, 1, OrderGenerator.MAX_COUNT).orders();
        Set<String> stores = new HashSet<>();
        Set<Receipt> receipts = new HashSet<>();
        TransactionOrder last = iterator.next();
        for (int i = 0; i < 50_000; i++) {
            last = iterator.next();
            stores.add(last.storeCode());
            receipts.add(Receipt.of(last));
        }

        assertThat(stores).hasSize(1_059).contains("00001", "01059");
        assertThat(receipts).hasSizeGreaterThan(20_000);
        assertThat(last.dateTime()).isBefore("2015-01-01T06:00:00");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 100_000_001})
    void refusesACountOutOfRange(long count) {
        assertThatThrownBy(() -> OrderGenerator.of(CATALOGUE, 1, count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid order count: %d (must be 1 to 100000000; a store's half year is 94498)", count);
    }
}
