package io.tributary.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuelTest {
    @Test
    void runsBothSidesInTurnAndWarmsUpOnce() throws Exception {
        List<String> order = new ArrayList<>();
        Line line = duel(order, 42, 42).run(Scale.QUICK);

        assertThat(order).containsExactly("ours", "theirs", "theirs", "ours");
        assertThat(line.ratio().least())
                .isPositive()
                .isLessThanOrEqualTo(line.ratio().median());
        assertThat(line.alternative()).startsWith("theirs: ").endsWith(" things/s");
    }

    @Test
    void refusesSidesThatDoNotAgree() {
        assertThatIllegalStateException()
                .isThrownBy(() -> duel(new ArrayList<>(), 42, 43).run(Scale.QUICK))
                .withMessage("Cannot compare things: ours gives 42, theirs gives 43");
    }

    @Test
    void aRatioIsThatOfTheMiddleRound() {
        assertThat(Ratio.of(List.of(3.0, 1.0, 20.0)))
                .isEqualTo(new Ratio(3, 1, 20))
                .hasToString("3.00 (1.00 to 20.0)");
        assertThat(Ratio.of(List.of(1.0, 2.0)).median()).isEqualTo(1.5);
        assertThatIllegalArgumentException().isThrownBy(() -> Ratio.of(List.of()));
    }

    @Test
    void tellsWhetherATargetIsReached() {
        Ratio ratio = new Ratio(2, 1, 3);
        assertThat(new Line("", "", "", ratio, 2).verdict()).isEqualTo("2.00 reached");
        assertThat(new Line("", "", "", ratio, 2.5).verdict()).isEqualTo("2.50 missed");
        assertThat(new Line("", "", "", ratio, 0).verdict()).isEmpty();
    }

    private static Duel<Integer> duel(List<String> order, int ours, int theirs) {
        return new Duel<>("things", 10, "things", 0, side("ours", ours, order), side("theirs", theirs, order));
    }

    private static Contender<Integer> side(String name, int result, List<String> order) {
        return new Contender<>(name, () -> {
            order.add(name);
            return result;
        });
    }
}
