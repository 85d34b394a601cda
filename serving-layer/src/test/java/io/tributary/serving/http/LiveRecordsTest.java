package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codec.JsonLines;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.serving.http.LiveRecords.Tail;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRecordsTest {
    private final List<EnrichedOrder> orders = new RandomOrders(3, 2).list(130);
    private final LiveRecords<EnrichedOrder> records = LiveRecords.of(EnrichedOrder.SCHEMA);

    private List<String> lines(int from, int to) {
        JsonLines<EnrichedOrder> json = JsonLines.of(EnrichedOrder.SCHEMA);
        return orders.subList(from, to).stream()
                .map(order -> new String(json.encode(order), StandardCharsets.UTF_8).strip())
                .toList();
    }

    @Test
    void tellsTheNewestOfThoseThatCameSince() {
        assertThat(records.after(0, 10)).isEqualTo(new Tail(0, 0, List.of()));
        orders.subList(0, 5).forEach(records::accept);

        assertThat(records.after(0, 10)).isEqualTo(new Tail(5, 0, lines(0, 5)));
        assertThat(records.after(0, 2)).isEqualTo(new Tail(5, 3, lines(3, 5)));
        assertThat(records.after(4, 10)).isEqualTo(new Tail(5, 0, lines(4, 5)));
        assertThat(records.after(5, 10)).isEqualTo(new Tail(5, 0, List.of()));
    }

    @Test
    void passesByWhatJsonCannotShow() {
        records.accept(orders.get(0));
        records.accept(RandomOrders.withReceipt(orders.get(1), "\uD800"));
        records.accept(orders.get(2));

        assertThat(records.after(0, 10))
                .isEqualTo(
                        new Tail(3, 1, List.of(lines(0, 1).get(0), lines(2, 3).get(0))));
    }

    @Test
    void keepsAHundredAndCountsTheOthers() {
        orders.forEach(records::accept);

        assertThat(records.after(0, 1_000)).isEqualTo(new Tail(130, 30, lines(30, 130)));
    }
}
