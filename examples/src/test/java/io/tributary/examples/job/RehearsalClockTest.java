package io.tributary.examples.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalClockTest {
    @Test
    void atItsOwnSpeedItIsTheMachines() {
        Instant before = InstantSource.system().instant();
        Instant now = new RehearsalClock(1).instant();

        assertThat(now).isBetween(before, InstantSource.system().instant());
    }

    @Test
    void aFasterOneNeverGoesBack() {
        RehearsalClock clock = new RehearsalClock(RehearsalClock.MOST);
        Instant before = clock.instant();

        assertThat(new RehearsalClock(RehearsalClock.MOST).instant()).isAfterOrEqualTo(before);
        assertThat(before).isAfter(new RehearsalClock(1).instant());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void refusesASpeedThatIsNone(int speed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RehearsalClock(speed))
                .withMessage("Invalid speed: %d (must be from 1 to 1000)".formatted(speed));
    }
}
