package io.tributary.aws;

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
}
