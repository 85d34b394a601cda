package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkClockTest {
    private static final long OCTOBER_2024 =
            Instant.parse("2024-10-26T00:00:00Z").toEpochMilli();
    private static final long DAYS_3 = 3 * 86_400_000L;
    private static final long HOURS_30 = 30 * 3_600_000L;

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("Europe/Berlin", "Europe/London", "Asia/Seoul", "Australia/Lord_Howe", "America/New_York")
                .map(ZoneId::of);
    }

    /** The clocks of Europe are put back in these days. */
    @Property
    void noLaterRecordShowsATimeBeforeTheFrontier(
            @ForAll("zones") ZoneId zone,
            @ForAll @LongRange(min = 0, max = DAYS_3) long at,
            @ForAll @LongRange(min = 1, max = HOURS_30) long later) {
        WatermarkClock clock = new WatermarkClock(zone);
        long watermark = OCTOBER_2024 + at;
        LocalDateTime shown = LocalDateTime.ofInstant(Instant.ofEpochMilli(watermark + later), zone);

        assertThat(shown.toEpochSecond(ZoneOffset.UTC)).isGreaterThanOrEqualTo(clock.frontier(watermark));
        assertThat(clock.frontier(watermark + later)).isGreaterThanOrEqualTo(clock.frontier(watermark));
    }

    @Property
    void theLastMillisecondBeforeASecondClosesIt(
            @ForAll("zones") ZoneId zone, @ForAll @LongRange(min = 0, max = DAYS_3) long at) {
        WatermarkClock clock = new WatermarkClock(zone);
        long second = Math.floorDiv(OCTOBER_2024 + at, 1000L);

        assertThat(clock.frontier(clock.lastMilli(second))).isGreaterThanOrEqualTo(second);
    }

    /** The hour from two o'clock comes twice in Berlin on this day, and not at all on the other. */
    @ParameterizedTest
    @CsvSource({
        "2024-10-27T02:00, 2024-10-26T23:59:59.999Z",
        "2024-10-27T02:30, 2024-10-27T01:29:59.999Z",
        "2024-10-27T03:00, 2024-10-27T01:59:59.999Z",
        "2024-03-31T02:00, 2024-03-31T00:59:59.999Z",
        "2024-03-31T02:30, 2024-03-31T00:59:59.999Z",
        "2024-03-31T03:00, 2024-03-31T00:59:59.999Z"
    })
    void theLastMillisecondBeforeASecondIsThatOfTheZone(LocalDateTime second, Instant last) {
        WatermarkClock berlin = new WatermarkClock(ZoneId.of("Europe/Berlin"));

        assertThat(Instant.ofEpochMilli(berlin.lastMilli(second.toEpochSecond(ZoneOffset.UTC))))
                .isEqualTo(last);
        assertThat(berlin.frontier(last.toEpochMilli())).isGreaterThanOrEqualTo(second.toEpochSecond(ZoneOffset.UTC));
    }

    @Test
    void theEndOfAllTimeIsTheEndOfTheLastWindow() {
        assertThat(new WatermarkClock(null).frontier(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(new WatermarkClock(null).frontier(9_998)).isEqualTo(9);
        assertThat(new WatermarkClock(null).frontier(9_999)).isEqualTo(10);
    }
}
