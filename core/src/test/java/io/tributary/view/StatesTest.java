package io.tributary.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatesTest {
    @Test
    void statesAreEqualByWhatTheyHold() {
        assertDifferent(partial("a"), partial("a"), partial("b"));
        assertDifferent(texts("a", "b"), texts("b", "a"), texts("a"));
        assertDifferent(hashes(16, 1, 2), hashes(16, 2, 1), hashes(16, 1));
        assertThat(hashes(17, 1)).isNotEqualTo(hashes(16, 1));
        assertDifferent(
                SliceKey.of(600, List.of("a")), new SliceKey(600, new Object[] {"a"}), SliceKey.of(600, List.of("b")));
        assertThat(SliceKey.of(600, List.of("a"))).isNotEqualTo(SliceKey.of(1200, List.of("a")));
    }

    @Test
    void statesTellWhatTheyHold() {
        assertThat(partial("a")).hasToString("[a]");
        assertThat(texts("b", "담배", "a")).hasToString("[\"a\",\"b\",\"담배\"]");
        assertThat(hashes(16, 2, 1)).hasToString("[\"1\",\"2\"]");
        assertThat(SliceKey.of(600, List.of("a", 1))).hasToString("600[a, 1]");
    }

    @Test
    void aFullSketchKeepsTheLeastHashesAndEstimates() {
        HashSketch sketch = new HashSketch(16);
        for (long hash = 40; hash >= 0; hash--) {
            sketch.add(hash);
        }

        assertThat(sketch.format()).startsWith("[\"0\",").endsWith(",\"15\"]");
        // 15 more than the least 16 hashes would be there, were all of the 2^60 taken.
        assertThat(sketch.estimate()).isEqualTo(15L << 56);
    }

    @Test
    void partialsAreCopiedOnlyToBeChanged() {
        View<Sale> view = View.named("one")
                .over(Sale.SCHEMA)
                .measure("n", Measure.count())
                .build();
        Slicer<Sale> slicer = view.slicer();
        Partial given = slicer.empty();
        slicer.add(given, Sale.at(0));
        MergedPartial merged = new MergedPartial(slicer);
        assertThat(merged.get()).isEqualTo(slicer.empty());

        merged = new MergedPartial(slicer);
        merged.merge(given);
        assertThat(merged.get()).isSameAs(given);
        assertThat(merged.toChange()).isEqualTo(given).isNotSameAs(given).isSameAs(merged.toChange());
        merged.merge(given);
        assertThat(merged.get().states()).containsExactly(2L);
        assertThat(given.states()).containsExactly(1L);
    }

    @Test
    void slicesAreMergedByTheirKeys() {
        View<Sale> view = View.named("by-shop")
                .over(Sale.SCHEMA)
                .groupBy(Sale.SHOP)
                .measure("n", Measure.count())
                .build();
        Slices<Sale> slices = view.slices();
        slices.add(Sale.at(0).withShop("a"));
        slices.mergeAll(slices.toList());
        slices.add(Sale.at(0).withShop("b"));

        assertThat(slices.size()).isEqualTo(2);
        assertThat(view.rows(slices.toList()))
                .extracting(Row::dimensions, Row::measures)
                .containsExactly(tuple(List.of("a"), List.of(2L)), tuple(List.of("b"), List.of(1L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "7",
                "-7.25",
                "9223372036854775807",
                "9223372036854775808",
                "-99999999999999999999999999999999999999",
                "123456789012345678901234567890.12"
            })
    void decimalsSurviveTheirBytes(String number) throws IOException {
        BigDecimal decimal = new BigDecimal(number);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExactNumbers.write(decimal, new DataOutputStream(bytes));

        assertThat(ExactNumbers.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(decimal);
    }

    @Test
    void sumsHaveAtMostThirtyEightDigits() {
        BigDecimal half = new BigDecimal("49999999999999999999999999999999999999");
        assertThat(ExactNumbers.add(Sale.AMOUNT, half, half))
                .isEqualTo(new BigDecimal("99999999999999999999999999999999999998"));
        assertThatThrownBy(() -> ExactNumbers.add(Sale.AMOUNT, half, half.add(new BigDecimal(2))))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("Cannot sum amount: ")
                .hasMessageEndingWith("is beyond 38 digits, the most that SQL engines hold");
    }

    @Test
    void aLongTextThatIsNoStateIsCutShort() {
        String sixty = "x".repeat(60);
        assertThatThrownBy(() -> JsonTexts.parse(sixty)).hasMessageContaining(": " + sixty + " (must be");
        assertThatThrownBy(() -> JsonTexts.parse(sixty + "y")).hasMessageContaining(": " + sixty + "… (must be");
    }

    private static void assertDifferent(Object one, Object same, Object other) {
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
        assertThat(one.hashCode()).isNotEqualTo(other.hashCode());
    }

    private static Partial partial(String state) {
        return new Partial(new Object[] {state});
    }

    private static TextSet texts(String... texts) {
        TextSet set = new TextSet();
        for (String text : texts) {
            set.add(text);
        }
        return set;
    }

    private static HashSketch hashes(int capacity, long... hashes) {
        HashSketch sketch = new HashSketch(capacity);
        for (long hash : hashes) {
            sketch.add(hash);
        }
        return sketch;
    }
}
