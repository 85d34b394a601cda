package io.tributary.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.view.Slices;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumberedOrdersTest {
    private static final int NUMBERS = 1_500;

    private final Slices<EnrichedOrder> slices = NumberedOrders.VIEW.slices();

    private void add(IntStream numbers) {
        numbers.forEach(number -> slices.add(NumberedOrders.of(number, Instant.EPOCH)));
    }

    private Census count() {
        return NumberedOrders.count(NumberedOrders.VIEW.rows(slices.toList()));
    }

    @Test
    void eachNumberIsFoundOnce() {
        add(IntStream.range(0, NUMBERS));

        assertThat(count().size()).isEqualTo(NUMBERS);
        assertThat(count().lost(NUMBERS)).isZero();
        assertThat(count().duplicated(NUMBERS)).isZero();
    }

    @Test
    void aMissingNumberIsLost() {
        add(IntStream.range(0, NUMBERS).filter(number -> number != 7 && number != 1_023));

        assertThat(count().lost(NUMBERS)).isEqualTo(2);
        assertThat(count().duplicated(NUMBERS)).isZero();
    }

    @Test
    void aNumberTooOftenOrNeverGivenIsDuplicated() {
        add(IntStream.range(0, NUMBERS));
        add(IntStream.of(64, 64, 511, NUMBERS + 3));

        assertThat(count().lost(NUMBERS)).isZero();
        assertThat(count().duplicated(NUMBERS)).isEqualTo(4);
    }

    @Test
    void anAnswerThatForgetsDoesNotIncludeTheOneBefore() {
        add(IntStream.range(0, 10));
        Census before = count();
        add(IntStream.range(10, 20));

        assertThat(count().includes(before)).isTrue();
        assertThat(before.includes(count())).isFalse();
        assertThat(NumberedOrders.count(List.of()).includes(before)).isFalse();
    }
}
