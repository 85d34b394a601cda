package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class BeatTest {
    @Property
    void theNextBeatIsAheadByAnIntervalAtMostAndAWholeNumberOfThemAfterTheFirst(
            @ForAll @LongRange(min = 1, max = 60_000_000_000L) long interval,
            @ForAll long first,
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long since) {
        long wait = new Beat(interval, first).until(first + since);

        assertThat(wait).isBetween(1L, interval);
        assertThat((since + wait) % interval).isZero();
    }
}
