package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void eachLatenessHasAText() {
        assertThat(List.of(
                        Lateness.drop(),
                        Lateness.sideOutput(),
                        Lateness.correct(Duration.ofHours(1)),
                        Lateness.correct(Duration.ofHours(1)).thenSideOutput(),
                        Lateness.correctAlways()))
                .allSatisfy(lateness ->
                        assertThat(Lateness.parse(lateness.toString())).isEqualTo(lateness))
                .extracting(Lateness::toString)
                .startsWith("drop", "side-output", "correct PT1H then drop", "correct PT1H then side-output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Drop", "correct", "correct PT1H", "correct 1h then drop", "correct PT1H then correct"})
    void refusesATextThatIsNone(String text) {
        assertThatThrownBy(() -> Lateness.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(text + " (must be drop, side-output, or correct PT1H then one of them)");
    }
}
