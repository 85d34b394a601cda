package io.tributary.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.retail.RetailRecords;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnTypeTest {
    private static final ColumnType<BigDecimal> MONEY = ColumnType.decimal(18, 2);

    /** Two values of a type. */
    record Pair<V>(ColumnType<V> type, V one, V other) {
        static <V> Arbitrary<Pair<?>> of(ColumnType<V> type, Arbitrary<V> values) {
            return values.list().ofSize(2).map(pair -> new Pair<>(type, pair.get(0), pair.get(1)));
        }

        void assertFormatIsReadBack() {
            assertThat(type.parse(type.format(one))).isEqualTo(one);
            assertThat(type.normalize(one)).isEqualTo(one);
            assertThat(one).isInstanceOf(type.javaType());
        }

        void assertOrderIsThatOfEquality() {
            Comparator<V> order = type.order();
            assertThat(order.compare(one, other) == 0).isEqualTo(one.equals(other));
            assertThat(Integer.signum(order.compare(one, other))).isEqualTo(-Integer.signum(order.compare(other, one)));
            assertThat(type.format(one).equals(type.format(other))).isEqualTo(one.equals(other));
        }
    }

    @Property
    void readsBackWhatItFormats(@ForAll("pairs") Pair<?> pair) {
        pair.assertFormatIsReadBack();
    }

    @Property
    void ordersAndFormatsAlikeOnlyWhatIsEqual(@ForAll("pairs") Pair<?> pair) {
        pair.assertOrderIsThatOfEquality();
    }

    @Provide
    Arbitrary<Pair<?>> pairs() {
        Arbitrary<BigDecimal> amounts = Arbitraries.bigDecimals()
                .between(new BigDecimal("-9999999999999999.99"), new BigDecimal("9999999999999999.99"))
                .ofScale(2);
        return Arbitraries.oneOf(
                Pair.of(ColumnType.text(), RetailRecords.texts()),
                Pair.of(ColumnType.integer(), Arbitraries.integers()),
                Pair.of(ColumnType.longInteger(), Arbitraries.longs()),
                Pair.of(MONEY, amounts),
                Pair.of(ColumnType.doublePrecision(), Arbitraries.doubles().map(d -> d + 0.0)),
                Pair.of(ColumnType.bool(), Arbitraries.of(true, false)),
                Pair.of(ColumnType.yesNo(), Arbitraries.of(true, false)),
                Pair.of(ColumnType.hour(), Arbitraries.integers().between(0, 23)),
                Pair.of(ColumnType.date(), RetailRecords.days()),
                Pair.of(ColumnType.dateTime(), RetailRecords.dateTimes()),
                Pair.of(ColumnType.timestamp(), RetailRecords.dateTimes().map(time -> time.toInstant(ZoneOffset.UTC))));
    }

    @Property
    void ordersTextAsItsUtf8BytesAre(@ForAll("texts") String one, @ForAll("texts") String other) {
        assertThat(Integer.signum(ColumnType.text().order().compare(one, other)))
                .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8))));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> fromFewCharacters = Arbitraries.of("a", "가", "\uE000", "\uFFFD", "🍙", "🚬", "\uD7FF", "é")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(RetailRecords.texts(), fromFewCharacters);
    }

    static Stream<Arguments> wrongTexts() {
        ColumnType<?> number = ColumnType.doublePrecision();
        return Stream.of(
                        wrong(ColumnType.text(), "a\u0000", "\uD83C", "\uDF59\uD83C", "\uD83Cx"),
                        wrong(ColumnType.integer(), "", " 1", "1.0", "2147483648", "1e3", "٣", "0x1", "one", "--1"),
                        wrong(ColumnType.longInteger(), "", "9223372036854775808", "1L", "٣"),
                        wrong(MONEY, "", "NaN", "Infinity", "1e16", "1e999999999", "1e-999999999", "1e99999999999"),
                        wrong(MONEY, "0.001", "10000000000000000", "1,000", "٣", "1d", "9".repeat(100_000)),
                        wrong(number, "", "NaN", "-Infinity", "1e400", "1d", "0x1p3", " 1", "-", "9".repeat(100_000)),
                        wrong(ColumnType.bool(), "", "TRUE", "1", "Y"),
                        wrong(ColumnType.yesNo(), "", "y", "true", "1"),
                        wrong(ColumnType.hour(), "", "24", "-1", "009", "1.0", " 9", "٣"),
                        wrong(
                                ColumnType.date(),
                                "",
                                "2015-1-2",
                                "2015-02-29",
                                "2015/01/02",
                                "0000-01-01",
                                "2015-01-02T"),
                        wrong(ColumnType.date(), "2015-13-01", "-2015-01-0", "+201-01-01", "２０１５-01-02"),
                        wrong(ColumnType.dateTime(), "", "2015-01-02", "2015-01-02T20:45", "2015-01-02T24:00:00"),
                        wrong(
                                ColumnType.dateTime(),
                                "2015-01-02T20:45:22Z",
                                "2015-01-02T20:45:22.",
                                "2015-01-02t20:45:22"),
                        wrong(ColumnType.dateTime(), "2015-01-02T20:45:60", "2015-01-02T20:45:22.1234567"),
                        wrong(ColumnType.timestamp(), "2015-02-30T00:00:00", "2015-01-02T20:45:22+09:00", "1420231522"))
                .flatMap(stream -> stream);
    }

    private static Stream<Arguments> wrong(ColumnType<?> type, String... texts) {
        return Arrays.stream(texts).map(text -> Arguments.of(type, text));
    }

    @ParameterizedTest
    @MethodSource("wrongTexts")
    void refusesWhatIsNotItsText(ColumnType<?> type, String text) {
        assertThatThrownBy(() -> type.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("Invalid value: ")
                .hasMessageContaining("(must be ")
                .message()
                .hasSizeLessThan(250)
                .doesNotContain("\n", "\u0000");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "00,0", "9,9", "09,9", "20,20", "23,23"})
    void readsHoursPaddedOrNot(String text, int hour) {
        assertThat(ColumnType.hour().parse(text)).isEqualTo(hour);
    }

    @Test
    void readsTimesWithZeroToSixFractionDigits() {
        String digits = "472585";
        for (int count = 1; count <= 6; count++) {
            int nanos = Integer.parseInt((digits.substring(0, count) + "000000000").substring(0, 9));
            assertThat(ColumnType.dateTime().parse("2023-09-07T04:33:10." + digits.substring(0, count)))
                    .isEqualTo(LocalDateTime.of(2023, 9, 7, 4, 33, 10, nanos));
        }
        assertThat(ColumnType.timestamp().parse("2023-09-07 04:33:10"))
                .isEqualTo(Instant.parse("2023-09-07T04:33:10Z"));
    }

    @Test
    void formatsAsSqlEnginesDo() {
        assertThat(MONEY.format(new BigDecimal("1000"))).isEqualTo("1000.00");
        assertThat(MONEY.format(new BigDecimal("-1E-1"))).isEqualTo("-0.10");
        assertThat(ColumnType.dateTime().format(LocalDateTime.of(2015, 1, 2, 0, 0)))
                .isEqualTo("2015-01-02T00:00:00");
        assertThat(ColumnType.date().format(LocalDate.of(15, 1, 2))).isEqualTo("0015-01-02");
        assertThat(ColumnType.dateTime().format(LocalDateTime.of(9999, 12, 31, 23, 59, 58, 20_000_000)))
                .isEqualTo("9999-12-31T23:59:58.020");
        assertThat(ColumnType.timestamp().format(Instant.parse("2023-09-07T04:33:10.000070999Z")))
                .isEqualTo("2023-09-07T04:33:10.000070");
        assertThat(ColumnType.hour().format(9)).isEqualTo("9");
        assertThat(MONEY.hiveType()).isEqualTo("decimal(18,2)");
    }

    @Test
    void bringsEqualDecimalsIntoOneForm() {
        assertThat(Stream.of("1", "1.0", "1.000000", "100e-2", "0.1e1").map(MONEY::parse))
                .containsOnly(new BigDecimal("1.00"));
        assertThat(Stream.of("0", "-0", "0e999999999", "0e-999999999", "-0.000").map(MONEY::parse))
                .containsOnly(new BigDecimal("0.00"));
        assertThat(MONEY.parse("9999999999999999.99")).isEqualTo(new BigDecimal("9999999999999999.99"));
        BigDecimal widest = new BigDecimal("9".repeat(38));
        assertThat(ColumnType.decimal(38, 0).parse("9".repeat(38))).isEqualTo(widest);
        assertThat(ColumnType.doublePrecision().parse("-0.0")).isEqualTo(0.0);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "39,2", "5,6", "5,-1"})
    void refusesDecimalsThatSqlDoesNotHave(int precision, int scale) {
        assertThatThrownBy(() -> ColumnType.decimal(precision, scale))
                .hasMessage(
                        "Invalid decimal(%d,%d): precision must be 1 to 38 and scale 0 to precision", precision, scale);
    }

    @Test
    void cutsTimesToTheMicrosecondAndRefusesYearsWithoutFourDigits() {
        assertThat(ColumnType.dateTime().normalize(LocalDateTime.of(2015, 1, 2, 3, 4, 5, 123_456_789)))
                .isEqualTo(LocalDateTime.of(2015, 1, 2, 3, 4, 5, 123_456_000));
        assertThat(ColumnType.timestamp().normalize(Instant.parse("1969-12-31T23:59:59.999999999Z")))
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
        List<Runnable> refused = List.of(
                () -> ColumnType.date().normalize(LocalDate.of(10_000, 1, 1)),
                () -> ColumnType.dateTime().normalize(LocalDateTime.of(0, 1, 1, 0, 0)),
                () -> ColumnType.timestamp().normalize(Instant.parse("-0001-01-01T00:00:00Z")),
                () -> ColumnType.timestamp().normalize(Instant.MAX));
        assertThat(refused)
                .allSatisfy(call -> assertThatThrownBy(call::run)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("in the years 0001 to 9999"));
    }
}
