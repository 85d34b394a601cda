package io.tributary.view;

import static io.tributary.view.Condition.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schema.Column;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ViewBuilderTest {
    private static final Column<Sale, String> FOREIGN = Column.text("elsewhere", Sale::shop);

    @Test
    void reportsAllProblemsAtOnce() {
        ViewBuilder<Sale> builder = View.named("Bad Name")
                .over(Sale.SCHEMA)
                .rollup(Sale.SHOP, Sale.SHOP, FOREIGN)
                .measure("n", Measure.count())
                .measure("n", Measure.count())
                .measure("shop", Measure.max(FOREIGN))
                .measure("Cnt", Measure.count())
                .measure("window_end", Measure.count())
                .having(column("z").isNull().or(column("n").isLessThan("few").negate()))
                .having(column("n").isAtLeast(1))
                .top(0)
                .by("n")
                .descendingBy("m");

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid view Bad Name: measure n appears twice; top 0 (must be from 1 to 10000);"
                        + " an order by both n and m (use one); its name must match [a-z][a-z0-9_-]{0,99};"
                        + " dimension shop has the name of another column;"
                        + " dimension elsewhere (must be a column of sale);"
                        + " measure shop has the name of another column;"
                        + " measure shop of elsewhere (must be a column of sale);"
                        + " measure Cnt (its name must match [a-z][a-z0-9_]{0,127});"
                        + " measure window_end has the name of another column;"
                        + " an order by m (must be one of the measures [n, shop, Cnt, window_end]);"
                        + " condition on z (must be one of [shop, shop, elsewhere, n, shop, Cnt, window_end]);"
                        + " condition n < 'few': few must be an integer from -9223372036854775808 to"
                        + " 9223372036854775807");
    }

    @Test
    void refusesWhatHasNoMeaning() {
        assertProblem(View.named("none").over(Sale.SCHEMA), "no measure (add at least one, such as count())");
        assertProblem(counted().rollup(), "a rollup of no dimension (name at least one)");
        assertProblem(
                counted().rollup(Sale.SHOP).top(3).by("n"),
                "top 3 of a rollup (totals would compete with their own parts; use one or the other)");
        assertProblem(counted().top(10_001).by("n"), "top 10001 (must be from 1 to 10000)");
        assertProblem(counted().top(3).by("m"), "an order by m (must be one of the measures [n])");
        assertProblem(
                counted().measure("m", Measure.count()).top(3).by("m").descendingBy("n"),
                "an order by both m and n (use one)");
        assertProblem(counted().groupBy(FOREIGN), "dimension elsewhere (must be a column of sale)");
        assertProblem(
                counted().measure("m", Measure.distinct(Sale.SHOP, FOREIGN)),
                "measure m of elsewhere (must be a column of sale)");
        assertProblem(
                counted()
                        .window(Window.tumble(Column.dateTime("when", Sale::time))
                                .every(Duration.ofHours(1))),
                "event time when (must be a column of sale)");
        assertProblem(counted().having(column("rownum").isAtMost(1)), "condition on rownum (must be one of [n])");
    }

    @Test
    void aRepairedBuilderBuilds() {
        ViewBuilder<Sale> builder = View.named("repaired").over(Sale.SCHEMA);
        assertThatThrownBy(builder::build).hasMessageContaining("no measure");

        assertThat(builder.measure("n", Measure.count()).build().definition())
                .isEqualTo("view repaired over sale window none group by [] measures {n=count(*)}");
    }

    @Test
    void measuresShareTheirAggregates() {
        View<Sale> view = SaleViews.everything("shared")
                .measure("sum_again", Measure.sum(Sale.AMOUNT))
                .build();
        assertThat(view.aggregates())
                .doesNotHaveDuplicates()
                .filteredOn(Aggregate.Sum.class::isInstance)
                .hasSize(2);
    }

    private static ViewBuilder<Sale> counted() {
        return View.named("counted").over(Sale.SCHEMA).measure("n", Measure.count());
    }

    private static void assertProblem(ViewBuilder<Sale> builder, String problem) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid view %s: %s", builder.name, problem);
    }

    @Test
    void refusesToMixGroupsAndRollup() {
        ViewBuilder<Sale> mixed = View.named("mixed")
                .over(Sale.SCHEMA)
                .groupBy(Sale.SHOP)
                .rollup(Sale.TILL)
                .groupBy(Sale.DAY)
                .measure("sales", Measure.count());

        assertThatThrownBy(mixed::build)
                .hasMessage("Invalid view mixed: rollup after other dimensions (name all dimensions in one of them);"
                        + " groupBy after rollup (name all dimensions in one of them)");
    }
}
