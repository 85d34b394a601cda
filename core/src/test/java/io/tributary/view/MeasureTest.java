package io.tributary.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeasureTest {
    private static @Nullable Object measured(Measure<Sale, ?> measure, Sale... sales) {
        View<Sale> view =
                View.named("one").over(Sale.SCHEMA).measure("value", measure).build();
        Slices<Sale> slices = view.slices();
        slices.addAll(Arrays.asList(sales));
        return view.rows(slices.toList()).get(0).measures().get(0);
    }

    @Test
    void nullsAreNoValues() {
        Sale nothing = Sale.at(0);
        assertThat(measured(Measure.count(), nothing, nothing)).isEqualTo(2L);
        assertThat(measured(Measure.sum(Sale.AMOUNT), nothing)).isNull();
        assertThat(measured(Measure.sum(Sale.PIECES), nothing)).isNull();
        assertThat(measured(Measure.min(Sale.WEIGHT), nothing)).isNull();
        assertThat(measured(Measure.max(Sale.SHOP), nothing)).isNull();
        assertThat(measured(Measure.average(Sale.POINTS), nothing)).isNull();
        assertThat(measured(Measure.distinct(Sale.SHOP, Sale.TILL), nothing, nothing.withShop("a")))
                .isEqualTo(0L);
        assertThat(measured(Measure.approxDistinct(Sale.SHOP), nothing)).isEqualTo(0L);
        assertThat(measured(Measure.latest(Sale.SHOP, Sale.TIME), nothing)).isNull();
        assertThat(measured(Measure.latest(Sale.SHOP, Sale.SEEN), nothing.withShop("a")))
                .isNull();
    }

    @Test
    void aPartialOfNoValuesIsTheIdentity() {
        View<Sale> view = SaleViews.everything("identity").build();
        Partial partial = view.slicer().empty();
        view.slicer().add(partial, Sale.at(0));

        assertThat(partial.states().subList(1, partial.states().size())).containsOnlyNulls();
    }

    @Test
    void averagesAreRoundedHalfUpToSixMoreDigits() {
        Sale sale = Sale.at(0);
        assertThat(measured(Measure.average(Sale.PIECES), sale.withPieces(1), sale.withPieces(1), sale.withPieces(0)))
                .isEqualTo(new BigDecimal("0.666667"));
        assertThat(measured(Measure.average(Sale.PIECES), sale.withPieces(-1), sale.withPieces(-1), sale.withPieces(0)))
                .isEqualTo(new BigDecimal("-0.666667"));
        assertThat(measured(Measure.average(Sale.AMOUNT), sale.withAmount("0.01"), sale.withAmount("0"), sale))
                .isEqualTo(new BigDecimal("0.00500000"));
    }

    private record Fine(BigDecimal share) {}

    @Test
    void averagesHaveNoMoreDigitsThanEnginesHold() {
        Column<Fine, BigDecimal> finest = Column.decimal("share", 38, 33, Fine::share);
        assertThatThrownBy(() -> Measure.average(finest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot average share: it has 33 digits behind the point (at most 32)");
        Column<Fine, BigDecimal> widest = Column.decimal("share", 38, 2, Fine::share);
        View<Fine> view = View.named("means")
                .over(Schema.of("fine", Fine.class, widest))
                .measure("mean", Measure.average(widest))
                .build();
        Slices<Fine> slices = view.slices();
        slices.add(new Fine(BigDecimal.TEN.pow(31).setScale(2)));
        assertThatThrownBy(() -> view.rows(slices.toList()))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageStartingWith("Cannot average share: 10000000000000000000000000000000.00000000 is beyond 38");
    }

    @Test
    void averagesHalfWayAreRoundedAwayFromZero() {
        Sale[] sales = new Sale[128];
        Arrays.fill(sales, Sale.at(0).withPieces(0));
        sales[0] = Sale.at(0).withPieces(1);
        assertThat(measured(Measure.average(Sale.PIECES), sales)).isEqualTo(new BigDecimal("0.007813"));
        sales[0] = Sale.at(0).withPieces(-1);
        assertThat(measured(Measure.average(Sale.PIECES), sales)).isEqualTo(new BigDecimal("-0.007813"));
    }

    @Test
    void sumsRefuseToOverflow() {
        assertThatThrownBy(() -> measured(
                        Measure.sum(Sale.POINTS),
                        Sale.at(0).withPoints(Long.MAX_VALUE),
                        Sale.at(0).withPoints(1L)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("Cannot sum points: 9223372036854775807 + 1 is beyond the range of 64-bit integers"
                        + " (declare it a decimal)");
        assertThatThrownBy(() -> measured(
                        Measure.average(Sale.POINTS),
                        Sale.at(0).withPoints(Long.MIN_VALUE),
                        Sale.at(0).withPoints(-1L)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageStartingWith("Cannot sum points: -9223372036854775808 + -1 is");
        Aggregate.Sum<Sale, BigDecimal> sum = new Aggregate.Sum<>(Sale.AMOUNT);
        Number most = sum.parse("9".repeat(36) + ".99");
        assertThatThrownBy(() -> sum.add(most, Sale.at(0).withAmount("0.01")))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("Cannot sum amount: %s + 0.01 is beyond 38 digits, the most that SQL engines hold", most);
    }

    @Test
    void sumsOfIntegersGoBeyondTheirColumn() {
        assertThat(measured(
                        Measure.sum(Sale.PIECES),
                        Sale.at(0).withPieces(Integer.MAX_VALUE),
                        Sale.at(0).withPieces(Integer.MAX_VALUE)))
                .isEqualTo(4_294_967_294L);
    }

    @Test
    void sumsReadWhatEnginesWriteIntoTheirOwnForm() {
        Aggregate.Sum<Sale, BigDecimal> sum = new Aggregate.Sum<>(Sale.AMOUNT);
        assertThat(sum.parse("1000")).isEqualTo(new BigDecimal("1000.00"));
        assertThat(sum.parse("1E+3")).isEqualTo(new BigDecimal("1000.00"));
        assertThatThrownBy(() -> sum.parse("0.001"))
                .hasMessage(
                        "Invalid value: 0.001 (must be a number of at most 36 digits before the point and 2 behind it)");
        assertThatThrownBy(() -> new Aggregate.Count<Sale>(List.of()).parse("many"))
                .hasMessageStartingWith("Invalid value: many (must be an integer from");
    }

    @Test
    void refusesToSumFloatingPointNumbers() {
        String message = "Cannot sum weight: sums of double depend on the order of adding and cannot be merged"
                + " (declare it a decimal)";
        assertThatThrownBy(() -> Measure.sum(Sale.WEIGHT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> Measure.average(Sale.WEIGHT)).hasMessage(message);
    }

    @Test
    void tuplesOfDifferentValuesNeverCollide() {
        Sale sale = Sale.at(0);
        assertThat(measured(
                        Measure.distinct(Sale.SHOP, Sale.TILL),
                        sale.withShop("a").withTill("b\u001Fc"),
                        sale.withShop("a\u001Fb").withTill("c"),
                        sale.withShop("a\\sb").withTill("c"),
                        sale.withShop("a\\").withTill("sb"),
                        sale.withShop("a\\\u001Fsb").withTill(""),
                        sale.withShop("").withTill("a"),
                        sale.withShop("a").withTill("")))
                .isEqualTo(7L);
    }

    @Test
    void tuplesAndSetsHaveTheirTexts() {
        List<io.tributary.schema.Column<Sale, ?>> pair = List.of(Sale.SHOP, Sale.TILL);
        assertThat(TupleText.of(pair, Sale.at(0).withShop("a\\b").withTill("c\u001Fd")))
                .isEqualTo("a\\\\b\u001Fc\\sd");
        assertThat(TupleText.of(List.of(Sale.SHOP), Sale.at(0).withShop("a\\b")))
                .isEqualTo("a\\b");
        assertThat(TupleText.of(pair, Sale.at(0).withShop("a"))).isNull();
        Aggregate.ValueSet<Sale> set = new Aggregate.ValueSet<>(List.of(Sale.SHOP));
        TextSet texts = new TextSet();
        List.of("😀", "\uFF8A", "\"", "b", "").forEach(texts::add);
        assertThat(set.format(texts)).as("by code point").isEqualTo("[\"\",\"\\\"\",\"b\",\"\uFF8A\",\"😀\"]");
        assertThatThrownBy(() -> set.parse("[\"a\",null]"))
                .hasMessage("Invalid aggregate state: [\"a\",null] (must be a JSON array of texts)");
    }

    @Test
    void refusesDistinctValuesThatEnginesWriteDifferently() {
        assertThatThrownBy(() -> Measure.distinct(Sale.SHOP, Sale.TIME))
                .hasMessage("Cannot count distinct values of time: engines write a timestamp in different ways"
                        + " (use LocalDate, or a text column)");
        assertThatThrownBy(() -> Measure.<Sale>approxDistinct())
                .hasMessage("Cannot count distinct values of no column (name at least one)");
        assertThatThrownBy(() -> new Aggregate.BottomHashes<>(List.of(Sale.SHOP), 15))
                .hasMessage("Invalid sketch size: 15 (must be from 16 to 65536)");
    }

    @Test
    void approximateDistinctIsExactBelowItsSize() {
        Sale[] sales = LongStream.range(0, 4_095)
                .mapToObj(n -> Sale.at(0).withPoints(n))
                .toArray(Sale[]::new);
        assertThat(measured(Measure.approxDistinct(Sale.POINTS), sales)).isEqualTo(4_095L);
    }

    @Test
    void approximateDistinctOfManyIsCloseAndTheSameHoweverItWasSplit() {
        int many = 100_000;
        Aggregate<Sale, HashSketch> sketch = new Aggregate.BottomHashes<>(List.of(Sale.POINTS), 4096);
        HashSketch ascending = null;
        HashSketch descending = null;
        HashSketch[] parts = new HashSketch[7];
        for (int i = 0; i < many; i++) {
            Sale sale = Sale.at(0).withPoints((long) i);
            ascending = sketch.add(ascending, sale);
            descending = sketch.add(descending, Sale.at(0).withPoints((long) many - 1 - i));
            parts[i % 7] = sketch.add(parts[i % 7], sale);
        }
        HashSketch merged = null;
        for (HashSketch part : parts) {
            merged = sketch.merge(merged, part);
        }

        // Four standard errors of 1 / sqrt(4094).
        assertThat(ascending.estimate()).isCloseTo(many, within(6_250L));
        assertThat(descending).isEqualTo(ascending);
        assertThat(merged).isEqualTo(ascending);
    }

    @Test
    void latestOfEqualTimesIsTheGreatestValue() {
        Sale early = Sale.at(0).withSent("2015-01-01T00:00:00Z");
        Sale late = Sale.at(0).withSent("2015-01-02T00:00:00Z");
        assertThat(measured(
                        Measure.latest(Sale.SHOP, Sale.SENT),
                        late.withShop("b"),
                        early.withShop("z"),
                        late.withShop("c"),
                        late.withShop("a"),
                        late))
                .isEqualTo("c");
    }
}
