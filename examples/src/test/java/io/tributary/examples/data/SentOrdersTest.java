package io.tributary.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.TransactionOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentOrdersTest {
    private static final OrderGenerator GENERATOR = OrderGenerator.of(Catalogue.of(1), 1, OrderGenerator.DEFAULT_COUNT);
    private static List<SentOrder> sent = List.of();

    @BeforeAll
    static void replayTheDefault() {
        sent = list(GENERATOR.sentOrders());
    }

    private static <T> List<T> list(Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    private static boolean isWhole(SentOrder order, ChronoUnit unit) {
        return order.eventTime().equals(order.eventTime().truncatedTo(unit));
    }

    @Test
    void sendsEachOrderOnce() {
        List<TransactionOrder> orders = list(GENERATOR.orders());

        assertThat(sent).hasSameSizeAs(orders);
        assertThat(sent.stream().map(SentOrder::order).collect(Collectors.groupingBy(o -> o, Collectors.counting())))
                .isEqualTo(orders.stream().collect(Collectors.groupingBy(o -> o, Collectors.counting())));
    }

    @Test
    void sendsByIngestTimeInMicrosecondsAndSometimesOnTheSecond() {
        assertThat(sent).isSortedAccordingTo(Comparator.comparing(SentOrder::eventTime));
        assertThat(sent).allMatch(order -> isWhole(order, ChronoUnit.MICROS));
        assertThat(sent).anyMatch(order -> !isWhole(order, ChronoUnit.MILLIS));
        long onTheSecond = sent.stream()
                .filter(order -> isWhole(order, ChronoUnit.SECONDS))
                .count();
        assertThat((double) onTheSecond / sent.size()).isBetween(0.03, 0.08);
    }

    @Test
    void spreadsEvenlyOverThirtySixHoursOfIngest() {
        TreeMap<Instant, Long> byHour = sent.stream()
                .collect(Collectors.groupingBy(
                        order -> order.eventTime().truncatedTo(ChronoUnit.HOURS), TreeMap::new, Collectors.counting()));

        assertThat(byHour).hasSize(36);
        assertThat(byHour.firstKey()).isEqualTo("2023-09-07T04:00:00Z");
        assertThat(byHour.lastKey()).isEqualTo("2023-09-08T15:00:00Z");
        assertThat(byHour.values()).allMatch(count -> count > 2_600 && count < 2_650);
    }

    @Test
    void aSmallShareIsSentLateAndAFewADayLate() {
        LocalDateTime newest = LocalDateTime.MIN;
        long late = 0;
        long aDayLate = 0;
        for (SentOrder order : sent) {
            LocalDateTime time = order.order().dateTime();
            newest = time.isAfter(newest) ? time : newest;
            Duration delay = Duration.between(time, newest);
            late += delay.isZero() ? 0 : 1;
            aDayLate += delay.toHours() >= 23 ? 1 : 0;
        }

        assertThat(late).isBetween(1_000L, 3_000L);
        assertThat(aDayLate).isBetween(20L, 100L);
    }

    /** By a watermark five seconds behind, as the guide tells. */
    @Test
    void windowsOfAnHourWouldLoseOneIn86() {
        LocalDateTime watermark = LocalDateTime.MIN;
        long lost = 0;
        for (SentOrder order : sent) {
            LocalDateTime time = order.order().dateTime();
            LocalDateTime end = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            lost += end.isAfter(watermark) ? 0 : 1;
            LocalDateTime behind = time.minusSeconds(5);
            watermark = behind.isAfter(watermark) ? behind : watermark;
        }

        assertThat((double) sent.size() / lost).isBetween(85.5, 86.5);
    }

    @Test
    void theSameSeedSendsTheSameForEver() {
        assertThat(Fingerprint.of(sent.subList(0, 1_000)))
                .isEqualTo("bcfffea1b30d7cb26c78ab1eac7ac5f9d2eb300f4ecbfdf24f2b58f962583080");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 1_000, 200_000})
    void theSpanIsTheSameWhateverTheCount(long count) {
        Iterator<SentOrder> replay =
                OrderGenerator.of(Catalogue.of(1), 5, count).sentOrders();
        Instant last = Instant.MIN;
        long sentOrders = 0;
        while (replay.hasNext()) {
            last = replay.next().eventTime();
            sentOrders++;
        }

        Duration pace = OrderGenerator.SPAN.dividedBy(count);
        Instant end = OrderGenerator.START.plus(OrderGenerator.SPAN);
        assertThat(sentOrders).isEqualTo(count);
        assertThat(last).isBefore(end).isAfterOrEqualTo(end.minus(pace).minusSeconds(1));
        assertThatThrownBy(replay::next).isInstanceOf(NoSuchElementException.class);
    }
}
