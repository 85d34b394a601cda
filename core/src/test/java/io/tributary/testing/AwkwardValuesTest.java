package io.tributary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schema.ColumnType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AwkwardValuesTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    @Test
    void textsAreDistinctAndComeBackFromUtf8() {
        assertThat(AwkwardTexts.all())
                .doesNotHaveDuplicates()
                .contains("", "담배", "\u1103\u1161\u11B7\u1107\u1162", "😀", "../", "<script>alert(1)</script>")
                .allMatch(
                        text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text))
                .allMatch(text ->
                        ColumnType.text().parse(ColumnType.text().format(text)).equals(text));
        assertThat(AwkwardTexts.illFormed())
                .noneMatch(
                        text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text));
    }

    @Test
    void aSeedGivesTheSameValuesAgain() {
        Supplier<String> texts = AwkwardTexts.random(1);
        Supplier<String> again = AwkwardTexts.random(1);
        Supplier<LocalDateTime> times = AwkwardTimes.random(1);
        Supplier<LocalDateTime> timesAgain = AwkwardTimes.random(1);
        Set<Object> given = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String text = texts.get();
            LocalDateTime time = times.get();
            given.add(text);
            given.add(time);
            assertThat(again.get()).isEqualTo(text).hasSizeLessThanOrEqualTo(64);
            assertThat(timesAgain.get()).isEqualTo(time);
            assertThat(ColumnType.dateTime().parse(ColumnType.dateTime().format(time)))
                    .isEqualTo(time);
        }
        assertThat(given).hasSizeGreaterThan(800);
    }

    @Test
    void timesAreValuesOfColumns() {
        assertThat(AwkwardTimes.local())
                .doesNotHaveDuplicates()
                .allMatch(time -> ColumnType.dateTime()
                        .parse(ColumnType.dateTime().format(time))
                        .equals(time));
        assertThat(AwkwardTimes.instants())
                .allMatch(time -> ColumnType.timestamp()
                        .parse(ColumnType.timestamp().format(time))
                        .equals(time));
        assertThat(AwkwardTimes.nanos()).allMatch(time -> time.getNano() % 1_000 != 0);
    }

    @Test
    void gapsAreNeverShownAndOverlapsTwice() {
        assertThat(AwkwardTimes.gaps(NEW_YORK))
                .contains(LocalDateTime.parse("2015-03-08T02:30:00"))
                .allMatch(time -> NEW_YORK.getRules().getValidOffsets(time).isEmpty());
        assertThat(AwkwardTimes.overlaps(NEW_YORK))
                .contains(LocalDateTime.parse("2015-11-01T01:59:59.999999"))
                .allMatch(time -> NEW_YORK.getRules().getValidOffsets(time).size() == 2);
        assertThat(AwkwardTimes.gaps(SEOUL)).isNotEmpty();
        assertThat(AwkwardTimes.changes(NEW_YORK)).contains(Instant.parse("2015-03-08T07:00:00Z"));
        assertThat(AwkwardTimes.changes(ZoneId.of("UTC"))).isEmpty();
    }

    @Test
    void aManualClockGoesWhenItIsTold() {
        ManualClock clock = ManualClock.at("2023-09-07T04:00:00Z");
        assertThat(clock.instant()).isEqualTo(clock.instant());
        clock.advance(Duration.ofMinutes(-1));
        assertThat(clock).hasToString("2023-09-07T03:59:00Z");
        clock.set(Instant.EPOCH);
        assertThat(clock.millis()).isZero();
    }
}
