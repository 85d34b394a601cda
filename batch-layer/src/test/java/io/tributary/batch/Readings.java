package io.tributary.batch;

import static io.tributary.batch.Reading.AT;
import static io.tributary.batch.Reading.BIG;
import static io.tributary.batch.Reading.EXACT;
import static io.tributary.batch.Reading.FLAG;
import static io.tributary.batch.Reading.HOUR;
import static io.tributary.batch.Reading.ROUGH;
import static io.tributary.batch.Reading.SEEN;
import static io.tributary.batch.Reading.SENT;
import static io.tributary.batch.Reading.SMALL;
import static io.tributary.batch.Reading.TEXT;
import static io.tributary.batch.Reading.YES;
import static io.tributary.view.Measure.approxDistinct;
import static io.tributary.view.Measure.average;
import static io.tributary.view.Measure.count;
import static io.tributary.view.Measure.distinct;
import static io.tributary.view.Measure.latest;
import static io.tributary.view.Measure.max;
import static io.tributary.view.Measure.min;
import static io.tributary.view.Measure.sum;
import static io.tributary.view.Window.cumulate;
import static io.tributary.view.Window.slide;
import static io.tributary.view.Window.tumble;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.tributary.retail.RetailRecords;
import io.tributary.schema.ColumnType;
import io.tributary.view.Aggregate;
import io.tributary.view.Measure;
import io.tributary.view.View;
import io.tributary.view.ViewBuilder;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Views with every aggregate, every type of column and every kind of window; and readings that are awkward for them. */
final class Readings {
    static final List<View<Reading>> VIEWS = List.of(
            view("all-extremes")
                    .measure("a", min(TEXT))
                    .measure("b", max(TEXT))
                    .measure("c", min(SMALL))
                    .measure("d", max(BIG))
                    .measure("e", min(EXACT))
                    .measure("f", max(ROUGH))
                    .measure("g", min(FLAG))
                    .measure("h", max(HOUR))
                    .measure("i", min(YES))
                    .measure("j", max(SEEN))
                    .measure("k", min(SENT))
                    .measure("l", max(YES))
                    .measure("m", max(FLAG))
                    .build(),
            view("all-sums")
                    .groupBy(FLAG)
                    .measure("a", sum(SMALL))
                    .measure("b", sum(BIG))
                    .measure("c", sum(EXACT))
                    .measure("d", average(HOUR))
                    .measure("e", average(EXACT))
                    .build(),
            view("all-counts")
                    .groupBy(YES)
                    .measure("a", count())
                    .measure("b", present("b", new Aggregate.Count<>(List.of(TEXT, SMALL))))
                    .measure("c", present("c", new Aggregate.Count<>(List.of(SEEN))))
                    .build(),
            view("all-sets")
                    .groupBy(HOUR)
                    .measure("a", distinct(TEXT))
                    .measure("b", distinct(TEXT, HOUR, EXACT))
                    .measure("c", distinct(YES, FLAG))
                    .measure("d", distinct(BIG, TEXT, SMALL))
                    .build(),
            view("all-sketches")
                    .measure("a", present("a", new Aggregate.BottomHashes<>(List.of(TEXT), 16)))
                    .measure("b", present("b", new Aggregate.BottomHashes<>(List.of(TEXT, BIG), 16)))
                    .measure("c", approxDistinct(TEXT, HOUR))
                    .build(),
            view("all-latest")
                    .groupBy(FLAG)
                    .measure("a", latest(TEXT, SEEN))
                    .measure("b", latest(HOUR, YES))
                    .measure("c", latest(EXACT, SMALL))
                    .measure("d", latest(SEEN, HOUR))
                    .measure("e", latest(YES, FLAG))
                    .measure("f", latest(ROUGH, AT))
                    .measure("g", latest(FLAG, YES))
                    .build(),
            view("all-dimensions")
                    .groupBy(TEXT, SMALL, BIG, EXACT, ROUGH, FLAG, HOUR, YES, SEEN, SENT)
                    .measure("a", count())
                    .build(),
            view("nothing-but-a-count").measure("a", count()).build(),
            view("tumble")
                    .window(tumble(AT).every(ofSeconds(7)))
                    .measure("a", count())
                    .build(),
            view("slide")
                    .window(slide(AT).size(ofSeconds(10)).every(ofSeconds(4)))
                    .groupBy(YES)
                    .measure("a", sum(BIG))
                    .build(),
            view("cumulate")
                    .window(cumulate(AT).step(ofMinutes(90)).upTo(ofDays(3)))
                    .measure("a", count())
                    .build(),
            view("fixed-offset")
                    .window(tumble(SENT, ZoneOffset.ofHoursMinutes(-9, -30)).every(ofHours(5)))
                    .measure("a", count())
                    .build(),
            view("utc")
                    .window(tumble(SENT, ZoneOffset.UTC).every(ofHours(5)))
                    .measure("a", count())
                    .build(),
            view("seoul")
                    .window(tumble(SENT, ZoneId.of("Asia/Seoul")).every(ofHours(1)))
                    .measure("a", count())
                    .build(),
            view("new-york")
                    .window(cumulate(SENT, ZoneId.of("America/New_York"))
                            .step(ofMinutes(30))
                            .upTo(ofDays(1)))
                    .measure("a", latest(TEXT, SENT))
                    .build());

    private Readings() {}

    private static ViewBuilder<Reading> view(String name) {
        return View.named(name).over(Reading.SCHEMA);
    }

    private static Measure<Reading, Long> present(String name, Aggregate<Reading, ?> aggregate) {
        return new Measure<>(name, List.of(aggregate), ColumnType.longInteger(), states -> null);
    }

    static Arbitrary<Reading> arbitrary() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                RetailRecords.texts(),
                Arbitraries.of("a", "\\", "\\s", "\u001f", "a\u001fb", "\\\\s", "담배", "😀", "\uffff", "'", "%"));
        Arbitrary<LocalDateTime> times = Arbitraries.oneOf(
                RetailRecords.dateTimes(),
                Arbitraries.longs()
                        .between(-100_000_000, 4_000_000_000L)
                        .map(tenths -> LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC)
                                .plusNanos(tenths * 100_000_000)));
        // Clocks of the time before zones differ from source to source.
        Arbitrary<LocalDateTime> zoned = Arbitraries.longs()
                .between(0, 2_000_000_000L)
                .map(second -> LocalDateTime.ofEpochSecond(second, 999_999_000, ZoneOffset.UTC));
        Arbitrary<BigDecimal> exact = Arbitraries.oneOf(
                Arbitraries.bigDecimals()
                        .between(
                                new BigDecimal("-999999999999999999999999"), new BigDecimal("999999999999999999999999"))
                        .ofScale(6),
                Arbitraries.of("0.1", "0.2", "1234567890123456.78", "-0.000001").map(BigDecimal::new));
        return Combinators.combine(
                        times,
                        zoned,
                        texts.injectNull(0.1),
                        Combinators.combine(
                                        Arbitraries.integers().injectNull(0.1),
                                        Arbitraries.longs()
                                                .between(Long.MIN_VALUE / 1000, Long.MAX_VALUE / 1000)
                                                .injectNull(0.1))
                                .as(Numbers::new),
                        exact.injectNull(0.1),
                        Arbitraries.oneOf(Arbitraries.doubles(), Arbitraries.of(-0.0, 0.0, 1e300, 4.9e-324, 0.1))
                                .injectNull(0.1),
                        Combinators.combine(
                                        Arbitraries.of(true, false).injectNull(0.1),
                                        Arbitraries.integers().between(0, 23).injectNull(0.1),
                                        Arbitraries.of(true, false).injectNull(0.1))
                                .as(Flags::new),
                        times.injectNull(0.1))
                .as((at, sent, text, numbers, amount, rough, flags, seen) -> new Reading(
                        at,
                        sent.toInstant(ZoneOffset.UTC),
                        text,
                        numbers.small(),
                        numbers.big(),
                        amount,
                        rough,
                        flags.flag(),
                        flags.hour(),
                        flags.yes(),
                        seen));
    }

    private record Numbers(Integer small, Long big) {}

    private record Flags(Boolean flag, Integer hour, Boolean yes) {}
}
