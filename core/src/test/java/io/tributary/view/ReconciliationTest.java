package io.tributary.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final View<Sale> VIEW = View.named("counted")
            .over(Sale.SCHEMA)
            .groupBy(Sale.SHOP)
            .measure("n", Measure.count())
            .build();

    @Test
    void tellsWhatDiffers() {
        Reconciliation found = Reconciliation.of(VIEW, sold("a", "b", "b", "담배"), sold("a", "b", "extra", "another"));

        assertThat(found.matching()).isEqualTo(1);
        assertThat(found.differing()).isEqualTo(1);
        assertThat(found.missing()).isEqualTo(1);
        assertThat(found.extra()).isEqualTo(2);
        assertThat(found).hasToString("1 matching, 1 differing, 1 missing, 2 extra");
        assertThat(found.examples())
                .containsExactlyInAnyOrder(
                        "slice [0, b]: [1] (should be [2])",
                        "slice [0, 담배]: missing (should be [1])",
                        "slice [0, extra]: [1] (should be missing)",
                        "slice [0, another]: [1] (should be missing)");
    }

    @Test
    void isTheSameOnlyWhenNothingDiffers() {
        assertThat(Reconciliation.of(VIEW, sold("a", "b"), sold("b", "a")).isSame())
                .isTrue();
        assertThat(Reconciliation.of(VIEW, sold("a"), sold("a", "a")).isSame()).isFalse();
        assertThat(Reconciliation.of(VIEW, sold("a", "b"), sold("a")).isSame()).isFalse();
        assertThat(Reconciliation.of(VIEW, sold("a"), sold("a", "b")).isSame()).isFalse();
        // One of each kind on both sides must not cancel out.
        assertThat(new Reconciliation(0, 1, 1, 0, List.of()).isSame()).isFalse();
        assertThat(new Reconciliation(0, 0, 1, 1, List.of()).isSame()).isFalse();
    }

    @Test
    void comparesRowsByWindowAndDimensionsInAnyOrder() {
        List<List<String>> rows = List.of(List.of("a", "1"), List.of("담배", "3"));
        List<String> total = Arrays.asList(null, "4");

        assertThat(Reconciliation.ofRows(VIEW, rows, List.of(rows.get(1), rows.get(0)))
                        .isSame())
                .isTrue();
        // A total and the row of a dimension that is null have the same key.
        assertThat(Reconciliation.ofRows(VIEW, List.of(total, Arrays.asList(null, "5")), List.of(total))
                        .differing())
                .isEqualTo(1);
        Reconciliation found = Reconciliation.ofRows(VIEW, rows, List.of(List.of("a", "2"), total));
        assertThat(found).hasToString("0 matching, 1 differing, 1 missing, 1 extra");
        assertThat(found.examples())
                .containsExactlyInAnyOrder(
                        "row [a]: [2] (should be [1])",
                        "row [담배]: missing (should be [3])",
                        "row [null]: [4] (should be missing)");
    }

    @Test
    void showsAFewExamples() {
        assertThat(Reconciliation.of(VIEW, sold("a", "b", "c", "d", "e", "f"), sold())
                        .examples())
                .hasSize(5);
    }

    /** Readers merge the slices of a key; so a doubled one is no match. */
    @Test
    void aDoubledSliceDiffers() {
        List<SlicePartial> once = sold("a");
        List<SlicePartial> twice = List.of(once.get(0), once.get(0));
        assertThat(Reconciliation.of(VIEW, once, twice).differing()).isEqualTo(1);
        assertThat(Reconciliation.of(VIEW, twice, once).differing()).isEqualTo(1);
        assertThat(Reconciliation.of(VIEW, twice, sold("a", "a")).isSame()).isTrue();
    }

    private static List<SlicePartial> sold(String... shops) {
        Slices<Sale> slices = VIEW.slices();
        List<Sale> sales = new ArrayList<>();
        for (String shop : shops) {
            sales.add(Sale.at(0).withShop(shop));
        }
        slices.addAll(sales);
        return slices.toList();
    }
}
