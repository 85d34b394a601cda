package io.tributary.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tributary.partition.PartitionPredicate.And;
import io.tributary.partition.PartitionPredicate.Or;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionPredicateTest {
    private static final long SECONDS_A_YEAR = 366L * 86_400;

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
        2023-09-07T04:33:10 | 2023-09-07T04:33:11 | year = 2023 and month = 9 and day = 7 and hour = 4
        2023-09-07T00:00:00 | 2023-09-08T00:00:00 | year = 2023 and month = 9 and day = 7
        2023-09-07T05:00:00 | 2023-09-08T00:00:00 | year = 2023 and month = 9 and day = 7 and hour >= 5
        2023-09-07T00:00:00 | 2023-09-07T05:00:01 | year = 2023 and month = 9 and day = 7 and hour <= 5
        2023-09-07T05:00:00 | 2023-09-07T07:00:00 | year = 2023 and month = 9 and day = 7 and hour between 5 and 6
        2023-09-07T23:00:00 | 2023-09-08T01:00:00 | year = 2023 and month = 9 and ((day = 7 and hour = 23) or (day = 8 and hour = 0))
        2023-09-07T05:00:00 | 2023-09-09T21:00:00 | year = 2023 and month = 9 and ((day = 7 and hour >= 5) or day = 8 or (day = 9 and hour <= 20))
        2023-09-01T00:00:00 | 2023-10-01T00:00:00 | year = 2023 and month = 9
        2023-09-29T00:00:00 | 2023-10-01T00:00:00 | year = 2023 and month = 9 and day >= 29
        2023-02-28T00:00:00 | 2023-04-02T00:00:00 | year = 2023 and ((month = 2 and day = 28) or month = 3 or (month = 4 and day = 1))
        2023-01-01T00:00:00 | 2024-01-01T00:00:00 | year = 2023
        2022-01-01T00:00:00 | 2024-01-01T00:00:00 | year between 2022 and 2023
        2023-12-31T23:00:00 | 2024-01-01T01:00:00 | (year = 2023 and month = 12 and day = 31 and hour = 23) or (year = 2024 and month = 1 and day = 1 and hour = 0)
        2022-11-30T22:00:00 | 2024-01-01T00:00:00 | (year = 2022 and ((month = 11 and day = 30 and hour >= 22) or month = 12)) or year = 2023
        2023-09-07T05:00:00 | 2023-09-07T05:00:00 | false
        """)
    void selectsARangeByTheFewestConditions(String from, String to, String sql) {
        assertThat(Layouts.hourly()
                        .predicate(Instant.parse(from + "Z"), Instant.parse(to + "Z"))
                        .sql())
                .isEqualTo(sql);
    }

    @Test
    void leavesASideOpen() {
        PartitionLayout layout = Layouts.hourly();
        Instant cut = Instant.parse("2023-09-07T05:00:00Z");
        assertThat(layout.predicate(Instant.MIN, cut).sql())
                .isEqualTo("year <= 2022 or (year = 2023 and (month <= 8 or (month = 9 and (day <= 6"
                        + " or (day = 7 and hour <= 4)))))");
        assertThat(layout.predicate(cut, Instant.MAX).sql())
                .isEqualTo("(year = 2023 and ((month = 9 and ((day = 7 and hour >= 5) or day >= 8)) or month >= 10))"
                        + " or year >= 2024");
        assertThat(layout.predicate(Instant.MIN, Instant.MAX).sql()).isEqualTo("true");
    }

    @Test
    void comparesJoinedColumnsAsText() {
        PartitionLayout layout = PartitionLayout.parse("dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/");
        assertThat(layout.predicate(Instant.parse("2023-08-30T22:00:00Z"), Instant.parse("2023-09-07T00:00:00Z"))
                        .sql())
                .isEqualTo("(dt = '2023-08-30' and hour >= 22) or dt between '2023-08-31' and '2023-09-06'");
    }

    @Test
    void takesADayThatStartsLateAsAWhole() {
        PartitionLayout layout = Layouts.hourly().inZone(ZoneId.of("America/Sao_Paulo"));
        Partition first = layout.parsePath("data/stream_data/year=2018/month=11/day=04/hour=01/");
        assertThat(layout.predicate(first.start(), first.start().plus(Duration.ofHours(23)))
                        .sql())
                .isEqualTo("year = 2018 and month = 11 and day = 4");
    }

    @Test
    void needsColumnsOfTheLayout() {
        PartitionLayout bare = PartitionLayout.parse("!{timestamp:yyyy/MM/dd}/");
        assertThatIllegalStateException()
                .isThrownBy(() -> bare.predicate(Instant.EPOCH, Instant.MAX))
                .withMessageContaining("write column=!{timestamp:…}");
        PartitionPredicate other = Layouts.hourly().predicate(Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.matches(bare.partitionOf(Instant.EPOCH)))
                .withMessageContaining("lacks column year");
    }

    @Property(tries = 300)
    void selectsExactlyThePartitionsOfTheRange(
            @ForAll("layouts") PartitionLayout utc,
            @ForAll("zones") ZoneId zone,
            @ForAll @LongRange(min = 0, max = 60 * SECONDS_A_YEAR) long start,
            @ForAll @IntRange(max = 80) int before,
            @ForAll @IntRange(max = 80) int within) {
        PartitionLayout layout = utc.inZone(zone);
        List<Partition> around = walk(layout, Instant.ofEpochSecond(start), before + within + 82);
        List<Partition> range = around.subList(before, before + within + 1);
        Partition first = range.get(0);
        Instant from = within == 0 ? first.start() : first.end().minusNanos(1);
        PartitionPredicate predicate =
                layout.predicate(from, range.get(within).start().plusNanos(1));
        assertThat(around.stream().filter(predicate::matches)).isEqualTo(range);
    }

    @Property(tries = 300)
    void noFewerRunsCoverTheRange(
            @ForAll @LongRange(min = 0, max = 3 * 24 * 366) long start,
            @ForAll @IntRange(min = 1, max = 2_000) int hours) {
        PartitionLayout layout = Layouts.hourly();
        Instant from = Instant.parse("2022-01-01T00:00:00Z").plus(Duration.ofHours(start));
        Instant to = from.plus(Duration.ofHours(hours));
        // A run is an interval, so that taking the one that reaches farthest, again and again, is optimal.
        int fewest = 0;
        for (Instant at = from; at.isBefore(to); at = farthest(at, from, to)) {
            fewest++;
        }
        assertThat(runs(layout.predicate(from, to))).isEqualTo(fewest);
    }

    /** Where the run ends that holds an instant, lies within the range and reaches farthest. */
    private static Instant farthest(Instant at, Instant from, Instant to) {
        Instant farthest = at;
        for (int level = 1; level <= 4; level++) {
            PartitionLayout directories = prefix(level);
            Partition directory = directories.partitionOf(at);
            String parent = parent(directory.path());
            while (!directory.start().isBefore(from)
                    && !directory.end().isAfter(to)
                    && parent(directory.path()).equals(parent)) {
                if (directory.end().isAfter(farthest)) {
                    farthest = directory.end();
                }
                directory = directories.next(directory);
            }
        }
        return farthest;
    }

    private static PartitionLayout prefix(int level) {
        String[] segments = (Layouts.DAILY + "hour=!{timestamp:HH}/").split("(?<=/)");
        return PartitionLayout.parse(String.join("", List.of(segments).subList(0, level)));
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/', path.length() - 2) + 1);
    }

    private static int runs(PartitionPredicate predicate) {
        if (predicate instanceof Or or) {
            return or.alternatives().stream()
                    .mapToInt(PartitionPredicateTest::runs)
                    .sum();
        }
        if (predicate instanceof And and) {
            return and.terms().stream().mapToInt(PartitionPredicateTest::runs).reduce(1, (a, b) -> a * b);
        }
        return 1;
    }

    private static List<Partition> walk(PartitionLayout layout, Instant start, int count) {
        return Stream.iterate(layout.partitionOf(start), layout::next)
                .limit(count)
                .toList();
    }

    @Provide
    Arbitrary<PartitionLayout> layouts() {
        return Arbitraries.of(Layouts.HIVE_STYLE).map(PartitionLayout::parse);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(new TreeSet<>(ZoneId.getAvailableZoneIds())).map(ZoneId::of);
    }
}
