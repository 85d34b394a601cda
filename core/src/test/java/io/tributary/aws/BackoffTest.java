package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "4, 800", "5, 1000", "32, 1000", "1000, 1000"})
    void pausesAreDrawnFromTheUpperHalfOfABoundThatDoubles(int failures, long most) {
        List<Duration> pauses =
                Stream.generate(() -> backoff.pause(failures)).limit(1_000).toList();

        assertThat(pauses)
                .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most)));
        assertThat(pauses).anyMatch(pause -> pause.toMillis() < most * 5 / 8);
        assertThat(pauses).anyMatch(pause -> pause.toMillis() >= most * 7 / 8);
    }

    @Test
    void refusesPausesThatShrink() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("Invalid longest: PT1S (must be from PT2S to PT24H)");
    }

    @Test
    void refusesNoPause() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessage("Invalid first: PT0S (must be from PT0.001S to PT24H)");
    }
}
