package io.tributary.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.view.BatchView.Hole;
import io.tributary.view.SpeedStore.Commit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Instant FOUR = Instant.parse("2023-09-07T04:00:00Z");
    private static final Instant FIVE = Instant.parse("2023-09-07T05:00:00Z");

    private static Coverage coverage(Instant cut, Instant newest) {
        return new Coverage(
                cut, Optional.of(newest), Optional.of(new Commit(7, FIVE)), false, List.of(), Optional.empty());
    }

    @Test
    void tellsThatThereIsNothing() {
        Coverage nothing =
                new Coverage(Instant.MIN, Optional.empty(), Optional.empty(), false, List.of(), Optional.empty());

        assertThat(nothing).hasToString("complete: nothing has arrived yet");
        assertThat(nothing.lag(() -> FIVE)).isEmpty();
    }

    @Test
    void tellsOfTheSpeedLayerOnlyWhatLiesFromTheCutOn() {
        assertThat(coverage(FOUR, FOUR))
                .hasToString("complete: batch before %s, speed to %s, as of checkpoint 7".formatted(FOUR, FOUR));
        assertThat(coverage(FIVE, FOUR)).hasToString("complete: batch before %s, as of checkpoint 7".formatted(FIVE));
        assertThat(coverage(FIVE, FOUR).lag(() -> FIVE.plusSeconds(3))).contains(Duration.ofSeconds(3));
    }

    @Test
    void tellsWhyItIsApproximateAndWhatIsMissing() {
        Optional<String> reason = Optional.of("3 records lie on the wrong side of the cut");
        Coverage approximate = new Coverage(FOUR, Optional.empty(), Optional.empty(), true, List.of(), reason);
        Coverage torn = new Coverage(
                FOUR, Optional.empty(), Optional.empty(), false, List.of(new Hole("hour=03/", "torn")), reason);

        assertThat(approximate.isComplete()).isTrue();
        assertThat(approximate)
                .hasToString("approximate: batch before %s, provisional; approximate: %s"
                        .formatted(FOUR, reason.orElseThrow()));
        assertThat(torn.isComplete()).isFalse();
        assertThat(torn)
                .hasToString("incomplete: batch before %s; missing [hour=03/: torn]; approximate: %s"
                        .formatted(FOUR, reason.orElseThrow()));
    }
}
