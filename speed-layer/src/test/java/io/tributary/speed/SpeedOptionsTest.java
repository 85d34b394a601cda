package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpeedOptionsTest {
    @Test
    void wrongValuesAreRefusedWithTheLimit() {
        assertThatThrownBy(() -> SpeedOptions.defaults().withMaxPartials(0))
                .hasMessage("Invalid maxPartials: 0 (must be from 1 to 10000000)");
        assertThatThrownBy(() -> SpeedOptions.defaults().withFlushInterval(Duration.ZERO))
                .hasMessage("Invalid flushInterval: PT0S (must be from PT0.001S to PT1H)");
        assertThatThrownBy(() -> Lateness.correct(Duration.ZERO)).hasMessageStartingWith("Invalid retention: PT0S");
        assertThatThrownBy(() -> IngestOptions.defaults().withRetention(Duration.ofHours(-1)))
                .hasMessageStartingWith("Invalid retention: PT-1H");
    }

    @Test
    void unlimitedRetentionOutlastsAllPartitions() {
        assertThat(IngestOptions.defaults().withUnlimitedRetention().retention())
                .isGreaterThan(Duration.between(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z")));
    }

    @Test
    void aCorrectionMayEndInASideOutput() {
        assertThat(Lateness.correct(Duration.ofHours(1)).hasSideOutput()).isFalse();
        assertThat(Lateness.correct(Duration.ofHours(1)).thenSideOutput().hasSideOutput())
                .isTrue();
        assertThatThrownBy(() -> new Lateness.Correct(Duration.ofHours(1), Lateness.correctAlways()))
                .hasMessageStartingWith("Invalid lateness");
    }
}
