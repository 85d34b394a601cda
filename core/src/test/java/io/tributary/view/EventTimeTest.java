package io.tributary.view;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");

    private static List<String> windowsOf(Window<Sale> window, String... instants) {
        View<Sale> view = View.named("zoned")
                .over(Sale.SCHEMA)
                .window(window)
                .measure("n", Measure.count())
                .build();
        Slices<Sale> slices = view.slices();
        for (String instant : instants) {
            slices.add(Sale.at(0).withSent(instant));
        }
        return view.rows(slices.toList()).stream()
                .map(row -> row.values().toString())
                .toList();
    }

    @Test
    void theRepeatedHourIsOneHourOfTwiceTheLength() {
        assertThat(windowsOf(
                        Window.tumble(Sale.SENT, BERLIN).every(ofHours(1)),
                        "2015-10-24T23:59:59.999999Z",
                        "2015-10-25T00:00:00Z",
                        "2015-10-25T00:59:59Z",
                        "2015-10-25T01:00:00Z",
                        "2015-10-25T01:59:59Z",
                        "2015-10-25T02:00:00Z"))
                .containsExactly(
                        "[2015-10-25T01:00, 2015-10-25T02:00, 1]",
                        "[2015-10-25T02:00, 2015-10-25T03:00, 4]",
                        "[2015-10-25T03:00, 2015-10-25T04:00, 1]");
    }

    @Test
    void theSkippedHourHasNoRecords() {
        assertThat(windowsOf(
                        Window.tumble(Sale.SENT, BERLIN).every(ofHours(1)),
                        "2015-03-29T00:59:59Z",
                        "2015-03-29T01:00:00Z"))
                .containsExactly("[2015-03-29T01:00, 2015-03-29T02:00, 1]", "[2015-03-29T03:00, 2015-03-29T04:00, 1]");
    }

    @Test
    void daysBeginAtTheMidnightOfTheZone() {
        assertThat(windowsOf(
                        Window.tumble(Sale.SENT, KATHMANDU).every(ofDays(1)),
                        "2015-01-01T18:14:59.999Z",
                        "2015-01-01T18:15:00Z",
                        "1969-12-31T18:29:59.5Z",
                        "1969-12-31T18:30:00Z"))
                .containsExactly(
                        "[1969-12-31T00:00, 1970-01-01T00:00, 1]",
                        "[1970-01-01T00:00, 1970-01-02T00:00, 1]",
                        "[2015-01-01T00:00, 2015-01-02T00:00, 1]",
                        "[2015-01-02T00:00, 2015-01-03T00:00, 1]");
    }

    @Test
    void fractionsBefore1970FallIntoTheSecondThatHoldsThem() {
        EventTime<Sale> time = EventTime.local(Sale.TIME);
        assertThat(time.second(Sale.at("1969-12-31T23:59:59.999999"))).isEqualTo(-1);
        assertThat(time.second(Sale.at("1970-01-01T00:00:00.999999"))).isZero();
    }

    @Test
    void needsARequiredColumn() {
        assertThatThrownBy(() -> Window.tumble(Sale.SEEN))
                .hasMessage("Invalid event time: seen (must be a required column of wall-clock times, or of instants"
                        + " with a zone)");
        assertThatThrownBy(() -> new EventTime<>(Sale.TIME, BERLIN)).hasMessageStartingWith("Invalid event time: time");
        assertThatThrownBy(() -> new TimeRange(LocalDateTime.MAX, LocalDateTime.MAX))
                .hasMessageStartingWith("Invalid range: ");
    }
}
