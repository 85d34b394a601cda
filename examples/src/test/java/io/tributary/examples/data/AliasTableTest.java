package io.tributary.examples.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AliasTableTest {
    private static final int DRAWS = 20_000;

    @Property(tries = 50)
    void drawsEachIndexInProportionToItsWeight(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 1000) Integer> weights, @ForAll long seed) {
        double[] shares = new double[weights.size()];
        double total = 1;
        shares[0] = 1;
        for (int i = 0; i < weights.size(); i++) {
            shares[i] += weights.get(i);
            total += weights.get(i);
        }
        AliasTable table = AliasTable.of(shares);
        Dice dice = Dice.of(seed, "test");
        int[] drawn = new int[weights.size()];
        for (int i = 0; i < DRAWS; i++) {
            drawn[table.draw(dice)]++;
        }

        for (int i = 0; i < weights.size(); i++) {
            assertThat((double) drawn[i] / DRAWS).isCloseTo(shares[i] / total, within(0.025));
        }
    }
}
