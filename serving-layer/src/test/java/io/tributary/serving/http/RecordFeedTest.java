package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordFeedTest {
    private final List<EnrichedOrder> orders = new RandomOrders(3, 2).list(10);
    private final LiveRecords<EnrichedOrder> records = LiveRecords.of(EnrichedOrder.SCHEMA);
    private final HandDriven reader = new HandDriven();

    @AfterEach
    void stop() {
        reader.shutdownNow();
    }

    private static JsonNode heard(Subscription subscription) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Objects.requireNonNull(subscription.next()).writeTo(bytes, true);
        String text = bytes.toString(StandardCharsets.UTF_8);
        return LivePage.JSON.readTree(text.substring(text.indexOf("data: ") + 6));
    }

    @Test
    void whoComesBetweenTwoTicksHearsNoRecordTwice() throws IOException {
        RecordFeed feed = new RecordFeed(records, HttpOptions.defaults(), reader);
        Subscription early = feed.subscribe(new Bell());
        orders.subList(0, 3).forEach(records::accept);
        assertThat(heard(early).get("rows")).hasSize(3);
        reader.run();
        orders.subList(3, 6).forEach(records::accept);
        Subscription late = feed.subscribe(new Bell());
        assertThat(heard(late).get("rows")).hasSize(6);
        orders.subList(6, 8).forEach(records::accept);
        reader.run();

        assertThat(heard(early).get("rows")).hasSize(5);
        JsonNode more = heard(late);
        assertThat(more.get("rows")).hasSize(2);
        assertThat(more.get("accepted").asLong()).isEqualTo(8);
        assertThat(more.get("skipped").asLong()).isZero();
        assertThat(late.next()).isNull();
    }

    @Test
    void whoIsSlowHearsHowManyWereSkipped() throws IOException {
        RecordFeed feed = new RecordFeed(records, HttpOptions.defaults(), reader);
        Subscription slow = feed.subscribe(new Bell());
        sendAndTick(100);
        assertThat(heard(slow).get("accepted").asLong()).isEqualTo(100);
        sendAndTick(50);
        sendAndTick(2);

        JsonNode more = heard(slow);
        assertThat(more.get("rows")).hasSize(10);
        assertThat(more.get("accepted").asLong()).isEqualTo(152);
        assertThat(more.get("skipped").asLong()).isEqualTo(42);
    }

    private void sendAndTick(int count) {
        IntStream.range(0, count).forEach(i -> records.accept(orders.get(0)));
        reader.run();
    }

    /** A record that can be shown, or not. */
    private record Gauge(String name) {
        static final Schema<Gauge> SCHEMA = Schema.of("gauge", Gauge.class, Column.text("name", Gauge::name));

        @Override
        public String name() {
            if (name.isEmpty()) {
                throw new IllegalStateException("Cannot name the gauge: it has no name");
            }
            return name;
        }
    }

    @Test
    void goesOnAfterAFailure() throws IOException {
        LiveRecords<Gauge> gauges = LiveRecords.of(Gauge.SCHEMA);
        RecordFeed feed = new RecordFeed(gauges, HttpOptions.defaults(), reader);
        Subscription subscription = feed.subscribe(new Bell());
        heard(subscription);
        gauges.accept(new Gauge(""));
        assertThatNoException().isThrownBy(reader::run);
        IntStream.range(0, 10).forEach(i -> gauges.accept(new Gauge("upstream " + i)));

        reader.run();

        assertThat(heard(subscription).get("rows")).hasSize(10);
    }
}
