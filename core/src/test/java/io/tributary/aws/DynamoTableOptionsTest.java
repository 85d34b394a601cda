package io.tributary.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DynamoTableOptionsTest {
    private static final DynamoTableOptions DEFAULTS = DynamoTableOptions.defaults();

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withRequestsInFlight(0))
                .hasMessage("Invalid requestsInFlight: 0 (must be from 1 to 1000)");
        assertThatThrownBy(() -> DEFAULTS.withAttempts(101))
                .hasMessage("Invalid attempts: 101 (must be from 1 to 100)");
        assertThatThrownBy(() -> DEFAULTS.withPauses(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("Invalid longestPause: PT1S (must be at least firstPause, PT2S)");
        assertThatThrownBy(() -> DEFAULTS.withCreationLimit(Duration.ZERO))
                .hasMessage("Invalid creationLimit: PT0S (must be from PT0.001S to PT1H)");
    }
}
