package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PublisherOptionsTest {
    private static final PublisherOptions DEFAULTS = PublisherOptions.defaults();

    @Test
    void refusesWhatTheServiceRefuses() {
        assertThatThrownBy(() -> DEFAULTS.withBatchRecords(501))
                .hasMessage("Invalid batchRecords: 501 (must be from 1 to 500)");
        assertThatThrownBy(() -> DEFAULTS.withBatchBytes((5 << 20) + 1))
                .hasMessage("Invalid batchBytes: 5242881 (must be from 1048576 to 5242880)");
    }

    @Test
    void refusesABufferThatTheLargestRecordDoesNotFitIn() {
        assertThatThrownBy(() -> DEFAULTS.withBufferBytes(1 << 20)).hasMessageStartingWith("Invalid bufferBytes");
    }

    @Test
    void refusesPausesThatShrink() {
        assertThatThrownBy(() -> DEFAULTS.withBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("Invalid maxBackoff: PT1S (must be at least firstBackoff, PT2S)");
    }

    @Test
    void pausesAreRandomBelowABoundThatDoubles() {
        PublisherBackoff backoff =
                new PublisherBackoff(Duration.ofMillis(100), Duration.ofSeconds(1), bound -> bound - 1);
        assertThat(backoff.pause(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(backoff.pause(2)).isEqualTo(Duration.ofMillis(200));
        assertThat(backoff.pause(4)).isEqualTo(Duration.ofMillis(800));
        assertThat(backoff.pause(5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.pause(1_000)).isEqualTo(Duration.ofSeconds(1));
    }
}
