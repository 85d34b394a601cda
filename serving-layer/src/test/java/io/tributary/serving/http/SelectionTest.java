package io.tributary.serving.http;

import static io.tributary.serving.http.Answers.DIVISIONS;
import static io.tributary.serving.http.Answers.HOURLY;
import static io.tributary.serving.http.Answers.division;
import static io.tributary.serving.http.Answers.divisions;
import static io.tributary.serving.http.Answers.hour;
import static io.tributary.serving.http.Answers.hourly;
import static io.tributary.serving.http.Answers.sales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.serving.Answer;
import io.tributary.view.TimeRange;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    /** The rows of four hours, two of the hour of 20, of which that of 22 is the newest that has data. */
    private static final Answer HOURS =
            hourly(Optional.of(hour(22)), sales(20, 1), sales(20, 2), sales(21, 3), sales(22, 4), sales(23, 5));

    private static Selection selection(Mode mode, int last) {
        return new Selection(mode, TimeRange.all(), last);
    }

    @Test
    void updateShowsAllWindowsOrTheNewest() {
        assertThat(selection(Mode.UPDATE, 0).choose(HOURLY, HOURS)).containsExactly(0, 1, 2, 3, 4);
        assertThat(selection(Mode.UPDATE, 1).choose(HOURLY, HOURS)).containsExactly(4);
        assertThat(selection(Mode.UPDATE, 4).choose(HOURLY, HOURS)).containsExactly(0, 1, 2, 3, 4);
        assertThat(selection(Mode.UPDATE, 3).choose(HOURLY, HOURS)).containsExactly(2, 3, 4);
    }

    @Test
    void appendShowsWindowsThatALaterSliceHasClosed() {
        assertThat(selection(Mode.APPEND, 0).choose(HOURLY, HOURS)).containsExactly(0, 1, 2);
        assertThat(selection(Mode.APPEND, 1).choose(HOURLY, HOURS)).containsExactly(2);
    }

    @Test
    void singleShowsTheNewestWindowThatHasData() {
        assertThat(selection(Mode.SINGLE, 0).choose(HOURLY, HOURS)).containsExactly(3);
    }

    @Test
    void aRangeShowsTheWindowsThatLieInItWholly() {
        TimeRange range = new TimeRange(hour(20).plusMinutes(30), hour(23));

        assertThat(new Selection(Mode.UPDATE, range, 0).choose(HOURLY, HOURS)).containsExactly(2, 3);
        assertThat(new Selection(Mode.UPDATE, range, 1).choose(HOURLY, HOURS)).containsExactly(3);
    }

    @ParameterizedTest
    @EnumSource
    void withoutWindowsOrDataNothingIsLeftOut(Mode mode) {
        assertThat(selection(mode, 0).choose(DIVISIONS, divisions(division("담배", 1))))
                .containsExactly(0);
        assertThat(selection(mode, 0).choose(HOURLY, hourly(Optional.empty(), sales(23, 5))))
                .containsExactly(0);
        assertThat(selection(mode, 1).choose(HOURLY, hourly(Optional.empty()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 100_001})
    void refusesANumberOfWindowsThatIsNone(int last) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> selection(Mode.UPDATE, last))
                .withMessage("Invalid last: %d (must be 0 to 100000; 0 for all windows)", last);
        assertThat(selection(Mode.UPDATE, 100_000).last()).isEqualTo(100_000);
    }
}
