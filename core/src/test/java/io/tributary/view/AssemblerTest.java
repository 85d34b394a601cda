package io.tributary.view;

import static io.tributary.view.Condition.column;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows from slices against {@link NaiveView}, which folds the records of each window. */
class AssemblerTest {
    @Provide
    Arbitrary<List<Sale>> sales() {
        return AwkwardSales.lists(25);
    }

    @Provide
    Arbitrary<Window<Sale>> windows() {
        return Arbitraries.oneOf(Arbitraries.just(Window.none()), someWindow());
    }

    @Provide
    Arbitrary<Window<Sale>> someWindow() {
        Arbitrary<Integer> seconds = Arbitraries.integers().between(150, 4_000).withoutEdgeCases();
        return Arbitraries.oneOf(
                seconds.map(size -> Window.tumble(Sale.TIME).every(ofSeconds(size))),
                seconds.map(size -> Window.slide(Sale.TIME)
                        .size(ofSeconds(size))
                        .every(ofSeconds(Math.max(150, size / 2 - size % 7)))),
                seconds.map(step ->
                        Window.cumulate(Sale.TIME).step(ofSeconds(step)).upTo(ofSeconds(step * (1L + step % 6)))));
    }

    @Property(tries = 200)
    void groupsByWindowAndDimensions(
            @ForAll("sales") List<Sale> sales, @ForAll("windows") Window<Sale> window, @ForAll long seed) {
        assertMeansTheSame(
                SaleViews.everything("grouped")
                        .window(window)
                        .groupBy(Sale.TILL, Sale.OWN)
                        .build(),
                row -> true,
                sales,
                seed);
    }

    @Property(tries = 100)
    void onlyWindowsWithoutDimensions(
            @ForAll("sales") List<Sale> sales, @ForAll("windows") Window<Sale> window, @ForAll long seed) {
        assertMeansTheSame(SaleViews.everything("total").window(window).build(), row -> true, sales, seed);
    }

    @Property(tries = 200)
    void rollsUp(@ForAll("sales") List<Sale> sales, @ForAll("windows") Window<Sale> window, @ForAll long seed) {
        assertMeansTheSame(
                SaleViews.everything("rolled-up")
                        .window(window)
                        .rollup(Sale.TILL, Sale.OWN)
                        .build(),
                row -> true,
                sales,
                seed);
    }

    @Property(tries = 200)
    void ranksTheTopInATotalOrder(
            @ForAll("sales") List<Sale> sales,
            @ForAll("windows") Window<Sale> window,
            @ForAll @IntRange(min = 1, max = 4) int rows,
            @ForAll long seed) {
        assertMeansTheSame(
                SaleViews.everything("ranked")
                        .window(window)
                        .groupBy(Sale.SHOP, Sale.DAY)
                        .top(rows)
                        .by("sum_pieces")
                        .build(),
                row -> true,
                sales,
                seed);
    }

    @Property(tries = 100)
    void ordersRollupsByAMeasure(
            @ForAll("sales") List<Sale> sales, @ForAll("windows") Window<Sale> window, @ForAll long seed) {
        assertMeansTheSame(
                SaleViews.everything("ordered")
                        .window(window)
                        .rollup(Sale.TILL, Sale.DAY)
                        .descendingBy("avg_amount")
                        .build(),
                row -> true,
                sales,
                seed);
    }

    @Property(tries = 200)
    void keepsOnlyWhatTheConditionIsTrueFor(
            @ForAll("sales") List<Sale> sales, @ForAll("windows") Window<Sale> window, @ForAll long seed) {
        assertMeansTheSame(
                SaleViews.everything("filtered")
                        .window(window)
                        .groupBy(Sale.TILL)
                        .having(column(Sale.TILL).isNotIn("a", "\\"))
                        .having(column("sum_pieces")
                                .isGreaterThan(0)
                                .or(column("n").isAtLeast(3)))
                        .build(),
                row -> row.get("till") instanceof String till
                        && !till.equals("a")
                        && !till.equals("\\")
                        && ((row.get("sum_pieces") instanceof Long pieces && pieces > 0)
                                || (row.get("n") instanceof Long n && n >= 3)),
                sales,
                seed);
    }

    @Property(tries = 200)
    void aRangeKeepsTheWindowsThatLieInIt(
            @ForAll("sales") List<Sale> sales,
            @ForAll("someWindow") Window<Sale> window,
            @ForAll @IntRange(min = -4_000, max = 4_000) int start,
            @ForAll @IntRange(min = 1, max = 8_000) int length) {
        View<Sale> view = SaleViews.everything("ranged")
                .window(window)
                .groupBy(Sale.TILL)
                .top(2)
                .by("n")
                .build();
        Slices<Sale> slices = view.slices();
        slices.addAll(sales);
        TimeRange range = new TimeRange(NaiveView.wallClock(start), NaiveView.wallClock((long) start + length));

        assertThat(view.rows(slices.toList(), range))
                .isEqualTo(view.rows(slices.toList()).stream()
                        .filter(row -> row.window() != null && range.contains(row.window()))
                        .toList());
    }

    /** The rows are those of the oracle, whatever the order of records and however the slices were split. */
    static void assertMeansTheSame(
            View<Sale> view, Predicate<Map<String, @Nullable Object>> having, List<Sale> sales, long seed) {
        List<Row> expected = new NaiveView<>(view, Sale::time, SaleViews.plain(), having).rows(sales);
        Slices<Sale> whole = view.slices();
        whole.addAll(sales);
        assertThat(view.rows(whole.toList())).isEqualTo(expected);

        Random random = new Random(seed);
        List<Sale> shuffled = new ArrayList<>(sales);
        Collections.shuffle(shuffled, random);
        List<Slices<Sale>> parts = List.of(view.slices(), view.slices(), view.slices());
        shuffled.forEach(sale -> parts.get(random.nextInt(3)).add(sale));
        List<SlicePartial> split = new ArrayList<>();
        parts.forEach(part -> split.addAll(part.toList()));
        Collections.shuffle(split, random);
        List<String> before = split.stream().map(SlicePartial::toString).toList();

        assertThat(view.rows(split)).isEqualTo(expected);
        assertThat(split.stream().map(SlicePartial::toString))
                .as("the given slices")
                .isEqualTo(before);
    }

    @Test
    void cumulateYieldsEveryStepFromTheFirstSliceWithDataOfEachKey() {
        View<Sale> view = View.named("steps")
                .over(Sale.SCHEMA)
                .window(Window.cumulate(Sale.TIME).step(ofSeconds(10)).upTo(ofSeconds(40)))
                .groupBy(Sale.SHOP)
                .measure("n", Measure.count())
                .build();
        Slices<Sale> slices = view.slices();
        slices.addAll(List.of(
                Sale.at(-35).withShop("b"),
                Sale.at(10).withShop("a"),
                Sale.at(39).withShop("a"),
                Sale.at(25).withShop("b")));

        assertThat(view.rows(slices.toList()))
                .extracting(Row::values)
                .extracting(Object::toString)
                .containsExactly(
                        "[1969-12-31T23:59:20, 1969-12-31T23:59:30, b, 1]",
                        "[1969-12-31T23:59:20, 1969-12-31T23:59:40, b, 1]",
                        "[1969-12-31T23:59:20, 1969-12-31T23:59:50, b, 1]",
                        "[1969-12-31T23:59:20, 1970-01-01T00:00, b, 1]",
                        "[1970-01-01T00:00, 1970-01-01T00:00:20, a, 1]",
                        "[1970-01-01T00:00, 1970-01-01T00:00:30, a, 1]",
                        "[1970-01-01T00:00, 1970-01-01T00:00:30, b, 1]",
                        "[1970-01-01T00:00, 1970-01-01T00:00:40, a, 2]",
                        "[1970-01-01T00:00, 1970-01-01T00:00:40, b, 1]");
    }

    @Test
    void aNullDimensionIsNoTotal() {
        View<Sale> view = View.named("totals")
                .over(Sale.SCHEMA)
                .rollup(Sale.SHOP)
                .measure("n", Measure.count())
                .build();
        Slices<Sale> slices = view.slices();
        slices.addAll(List.of(Sale.at(0), Sale.at(0).withShop("a"), Sale.at(0)));

        assertThat(view.rows(slices.toList()))
                .extracting(row -> row.values() + " by " + row.grouping())
                .containsExactly("[null, 2] by 1", "[a, 1] by 1", "[null, 3] by 0");
    }

    @Test
    void noSlicesMakeNoRows() {
        assertThat(SaleViews.everything("empty").build().rows(List.of())).isEmpty();
    }

    @Test
    void refusesARangeOfAViewWithoutWindows() {
        View<Sale> view = SaleViews.everything("timeless").build();
        assertThatThrownBy(() -> view.rows(List.of(), TimeRange.day("2015-01-02")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read view timeless from 2015-01-02T00:00 to 2015-01-03T00:00: it has no windows"
                        + " (read all of it)");
        assertThatThrownBy(() -> TimeRange.day("2015-1-2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid value: 2015-1-2 (must be a day as yyyy-MM-dd)");
    }
}
