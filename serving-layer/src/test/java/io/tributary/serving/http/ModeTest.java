package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.retail.RetailViews;
import org.junit.jupiter.api.Test;

class ModeTest {
    @Test
    void aViewHasTheModesThatMakeSenseOfIt() {
        assertThat(Mode.of(RetailViews.HOURLY_SALES)).containsExactly(Mode.SINGLE, Mode.UPDATE, Mode.APPEND);
        assertThat(Mode.of(RetailViews.TODAY_SALES)).containsExactly(Mode.SINGLE, Mode.UPDATE);
        assertThat(Mode.of(RetailViews.HOURLY_CATEGORY_SALES)).containsExactly(Mode.UPDATE, Mode.APPEND);
        assertThat(Mode.of(RetailViews.DAILY_SALES)).containsExactly(Mode.UPDATE);
    }

    @Test
    void aModeIsWrittenAsItIsRead() {
        for (Mode mode : Mode.values()) {
            assertThat(Mode.parse(mode.toString())).isEqualTo(mode);
        }
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Mode.parse("SINGLE"))
                .withMessage("Invalid mode: SINGLE (must be one of [single, update, append])");
    }

    @Test
    void tellsWhyAModeMakesNoSense() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Mode.SINGLE.check(RetailViews.DAILY_SALES))
                .withMessage("Cannot show view daily-sales as single: it has dimensions (use one of [update])")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(400));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Mode.APPEND.check(RetailViews.DAILY_SALES))
                .withMessage("Cannot show view daily-sales as append: it has no windows (use one of [update])");
        assertThatCode(() -> Mode.APPEND.check(RetailViews.HOURLY_SALES)).doesNotThrowAnyException();
    }
}
