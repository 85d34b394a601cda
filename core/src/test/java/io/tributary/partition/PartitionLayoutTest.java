package io.tributary.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.ValueRange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionLayoutTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Instant SENT = Instant.parse("2023-09-07T04:33:10.472585Z");

    private final PartitionLayout hourly = Layouts.hourly();

    @Test
    void rendersTheWorkshopsPrefixInUtcAndInSeoul() {
        assertThat(hourly.path(SENT)).isEqualTo("data/stream_data/year=2023/month=09/day=07/hour=04/");
        assertThat(hourly.inZone(SEOUL).path(SENT)).isEqualTo("data/stream_data/year=2023/month=09/day=07/hour=13/");
        assertThat(hourly.partitionOf(SENT))
                .isEqualTo(hourly.parsePath("data/stream_data/year=2023/month=09/day=07/hour=04"))
                .returns(Instant.parse("2023-09-07T04:00:00Z"), Partition::start)
                .returns(Instant.parse("2023-09-07T05:00:00Z"), Partition::end);
    }

    @Test
    void describesTheColumnsForTheCatalogue() {
        assertThat(hourly.columns()).extracting(PartitionColumn::name).containsExactly("year", "month", "day", "hour");
        assertThat(hourly.columns()).extracting(PartitionColumn::hiveType).containsOnly("int");
        assertThat(hourly.columns()).extracting(PartitionColumn::digits).containsExactly(4, 2, 2, 2);
        assertThat(hourly.columns())
                .extracting(column -> column.range().orElseThrow())
                .containsExactly(
                        ValueRange.of(1, 9999), ValueRange.of(1, 12), ValueRange.of(1, 28, 31), ValueRange.of(0, 23));
        assertThat(hourly.root()).isEqualTo("data/stream_data/");
        assertThat(hourly.grain()).isEqualTo(ChronoUnit.HOURS);
        assertThat(hourly.template()).isEqualTo(Layouts.HOURLY);
        assertThat(hourly.partitionOf(SENT).values())
                .extracting(PartitionValue::value)
                .containsExactly(2023, 9, 7, 4);
    }

    @Test
    void joinsSeveralFieldsInOneStringColumn() {
        PartitionLayout layout = PartitionLayout.parse("dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/");
        assertThat(layout.path(SENT)).isEqualTo("dt=2023-09-07/hour=04/");
        assertThat(layout.columns())
                .containsExactly(new PartitionColumn("dt", "yyyy-MM-dd"), new PartitionColumn("hour", "HH"));
        assertThat(layout.columns().get(0))
                .returns("string", PartitionColumn::hiveType)
                .returns(ChronoUnit.DAYS, PartitionColumn::unit);
        assertThat(layout.partitionOf(SENT).values().get(0).sql()).isEqualTo("'2023-09-07'");
    }

    @Test
    void needsNoColumns() {
        PartitionLayout layout = PartitionLayout.parse("raw/!{timestamp:yyyy/MM/dd/HH}/");
        assertThat(layout.path(SENT)).isEqualTo("raw/2023/09/07/04/");
        assertThat(layout.columns()).isEmpty();
        assertThat(layout.parsePath("raw/2023/09/07/04/").contains(SENT)).isTrue();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        // twice the hour 01
        "America/New_York, 2023/11/05/01, 2023-11-05T05:00:00Z, 2023-11-05T07:00:00Z",
        // half an hour twice
        "Australia/Lord_Howe, 2023/04/02/01, 2023-04-01T14:00:00Z, 2023-04-01T15:30:00Z",
        // half an hour skipped
        "Australia/Lord_Howe, 2023/10/01/02, 2023-09-30T15:30:00Z, 2023-09-30T16:00:00Z",
        "Asia/Kathmandu, 2023/09/07/10, 2023-09-07T04:15:00Z, 2023-09-07T05:15:00Z",
        // back from midnight
        "America/Sao_Paulo, 2018/02/17/23, 2018-02-18T01:00:00Z, 2018-02-18T03:00:00Z",
        // back from 00:01 to 23:01: the hour that was open stays open
        "America/St_Johns, 2006/10/29/00, 2006-10-29T02:30:00Z, 2006-10-29T04:30:00Z",
        "Pacific/Apia, 2011/12/29/23, 2011-12-30T09:00:00Z, 2011-12-30T10:00:00Z",
        "Pacific/Apia, 2011/12/31/00, 2011-12-30T10:00:00Z, 2011-12-30T11:00:00Z"
    })
    void coversTheHoursOfOddClocks(String zone, String path, Instant start, Instant end) {
        PartitionLayout layout =
                PartitionLayout.parse("!{timestamp:yyyy/MM/dd/HH}/").inZone(ZoneId.of(zone));
        assertThat(layout.parsePath(path))
                .returns(start, Partition::start)
                .returns(end, Partition::end)
                .isEqualTo(layout.partitionOf(start))
                .isEqualTo(layout.partitionOf(end.minusNanos(1)))
                .isNotEqualTo(layout.partitionOf(end));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "America/New_York, year=2023/month=03/day=12/hour=02/",
        "America/Sao_Paulo, year=2018/month=11/day=04/hour=00/",
        "Pacific/Apia, year=2011/month=12/day=30/hour=12/"
    })
    void hasNoPartitionForASkippedHour(String zone, String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hourly.inZone(ZoneId.of(zone)).parsePath("data/stream_data/" + path))
                .withMessageContaining(zone + " skips that time");
    }

    @ParameterizedTest
    @CsvSource({"2023-03-12, 23", "2023-11-05, 25", "2023-07-01, 24"})
    void hasDaysOf23And25Hours(String day, int hours) {
        PartitionLayout daily =
                PartitionLayout.parse("dt=!{timestamp:yyyy-MM-dd}/").inZone(ZoneId.of("America/New_York"));
        Partition partition = daily.parsePath("dt=" + day);
        assertThat(ChronoUnit.HOURS.between(partition.start(), partition.end())).isEqualTo(hours);
        // the hour that comes twice is one partition, of two hours
        assertThat(hourly.inZone(daily.zone()).partitions(partition.start(), partition.end()))
                .hasSize(Math.min(hours, 24));
    }

    @Test
    void walksToItsNeighbours() {
        Partition last = hourly.parsePath("data/stream_data/year=2023/month=12/day=31/hour=23/");
        assertThat(hourly.next(last).path()).isEqualTo("data/stream_data/year=2024/month=01/day=01/hour=00/");
        assertThat(hourly.previous(hourly.next(last))).isEqualTo(last);
        assertThat(last).isLessThan(hourly.next(last));
    }

    @Test
    void listsThePartitionsThatOverlapARange() {
        Instant from = Instant.parse("2023-09-07T22:59:59.999999999Z");
        assertThat(hourly.partitions(from, Instant.parse("2023-09-08T00:00:00Z")))
                .extracting(Partition::path)
                .containsExactly(
                        "data/stream_data/year=2023/month=09/day=07/hour=22/",
                        "data/stream_data/year=2023/month=09/day=07/hour=23/");
        assertThat(hourly.partitions(from, from)).isEmpty();
    }

    @Test
    void refusesToListAnAbsurdOrReversedRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hourly.partitions(Instant.MIN, Instant.MAX))
                .withMessageContaining("at most 1000000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hourly.partitions(SENT, SENT.minusNanos(1)))
                .withMessageStartingWith("Invalid range");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hourly.partitionOf(Instant.MAX))
                .withMessageContaining("years 0001 to 9999");
    }

    @Test
    void findsThePartitionsOfKeys() {
        Stream<String> keys = Stream.of(
                "data/stream_data/year=2023/month=09/day=07/hour=05/part-2.json",
                "data/stream_data/year=2023/month=09/day=07/hour=04/part-1.json",
                "data/stream_data/year=2023/month=09/day=07/hour=04/_SUCCESS",
                "data/stream_data/year=2023/month=09/day=07/hour=06",
                "data/stream_data/year=2023/month=09",
                "data/stream_error_data/year=2023/month=09/day=07/hour=07/processing-failed/1",
                "README.md",
                "");
        assertThat(hourly.list(keys))
                .extracting(Partition::path)
                .containsExactly(
                        "data/stream_data/year=2023/month=09/day=07/hour=04/",
                        "data/stream_data/year=2023/month=09/day=07/hour=05/",
                        "data/stream_data/year=2023/month=09/day=07/hour=06/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/stream_data/year=2023/month=9/day=07/hour=04/part.json",
                "data/stream_data/year=2023/month=09/day=07/hour=__HIVE_DEFAULT_PARTITION__/part.json",
                "data/stream_data/year=2023/month=02/day=29/hour=04/part.json"
            })
    void doesNotPassOverKeysWithValuesThatAreNeverRendered(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hourly.list(Stream.of(key)))
                .withMessageStartingWith("Invalid partition path: data/stream_data/year=2023/month=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "data/stream_data/",
                "data/stream_data/year=2023/month=09/day=07/hour=6/",
                "data/stream_data/year=2023/month=09/day=07/hour=24/",
                "data/stream_data/year=2023/month=09/day=31/hour=00/",
                "data/stream_data/year=2023/month=13/day=01/hour=00/",
                "data/stream_data/year=0000/month=01/day=01/hour=00/",
                "data/stream_data/year=2023/month=09/day=07/hour=04/part.json",
                "data/stream_data/year=2023/month=09/day=07/",
                "data/stream_data/year=2023/day=07/month=09/hour=04/",
                "/data/stream_data/year=2023/month=09/day=07/hour=04/",
                "data/stream_data/year=2023/month=09/day=07/hour=04//",
                "data/stream_data/year=２０２３/month=09/day=07/hour=04/",
                "data/stream_data/year=2023/month=09/day=07/hour=%304/",
                "data/stream_data/../stream_data/year=2023/month=09/day=07/hour=04/"
            })
    void refusesPathsThatItDoesNotRender(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> hourly.parsePath(path))
                .withMessageStartingWith("Invalid partition path: " + path);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        ''                                                     | no timestamp
        data/                                                  | no timestamp (append year=!{timestamp:yyyy}/)
        year=!{timestamp:yyyy}                                 | does not end in /
        /year=!{timestamp:yyyy}/                               | an absolute path (drop the leading /)
        a//year=!{timestamp:yyyy}/                             | a directory without a name
        ../year=!{timestamp:yyyy}/                             | directory .. (a path must not climb
        ./year=!{timestamp:yyyy}/                              | directory .
        a:b/year=!{timestamp:yyyy}/                            | character : in a:b
        a%2F/year=!{timestamp:yyyy}/                           | character % in a%2F
        month=!{timestamp:MM}/                                 | fields MM (must be each once and from coarse to fine without a hole: yyyy MM)
        year=!{timestamp:yyyy}/day=!{timestamp:dd}/            | without a hole: yyyy MM dd)
        year=!{timestamp:yyyy}/month=!{timestamp:MM}/hour=!{timestamp:HH}/ | without a hole: yyyy MM dd HH)
        month=!{timestamp:MM}/year=!{timestamp:yyyy}/          | fields MM yyyy
        dt=!{timestamp:dd-MM-yyyy}/                            | fields dd MM yyyy
        year=!{timestamp:yyyy}/y=!{timestamp:yyyy}/            | fields yyyy yyyy
        x=!{timestamp:yyyy}/x=!{timestamp:MM}/                 | column x appears twice
        x=1/x=!{timestamp:yyyy}/                               | column x appears twice
        Year=!{timestamp:yyyy}/                                | column name Year
        =!{timestamp:yyyy}/                                    | column name
        year=!{timestamp:yyyy}/!{timestamp:MM}/                | with a column and without
        dt=!{timestamp:yyyy:MM}/                               | column dt joins fields by :
        dt=!{timestamp:yyyy}-MM-dd/                            | column dt joins fields by -MM-dd (use - _ or .)
        h=!{timestamp:yyyyMMddHH}mm/                           | column h joins fields by mm
        x=dd!{timestamp:yyyy}/                                 | column x joins fields by dd
        dt=!{timestamp:yyyy/MM}/                               | with a column and without
        year=!{timestamp:YYYY}/                                | timestamp pattern YYYY (must be made of yyyy, MM, dd, HH, mm)
        year=!{timestamp:yy}/                                  | timestamp pattern yy
        year=!{timestamp:}/                                    | an empty timestamp pattern
        year=!{timestamp:yyyy'T'}/                             | holds '
        year=!{timestamp}/                                     | an empty timestamp pattern
        year=!{timestamp:yyyy/                                 | an expression without its end
        year=!{timestamp:yyyy}/!{firehose:random-string}/      | belongs into an error prefix
        !{firehose:error-output-type}/year=!{timestamp:yyyy}/  | belongs into an error prefix
        s=!{partitionKeyFromQuery:s}/year=!{timestamp:yyyy}/   | !{partitionKeyFromQuery:s} is not supported
        s=!{partitionKeyFromLambda:s}/year=!{timestamp:yyyy}/  | !{partitionKeyFromLambda:s} is not supported
        """, quoteCharacter = '"')
    void refusesLayoutsThatCannotHold(String template, String problem) {
        String unquoted = template.equals("''") ? "" : template;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PartitionLayout.parse(unquoted))
                .withMessageStartingWith("Invalid partition layout " + unquoted)
                .withMessageContaining(problem);
    }

    @Test
    void reportsAllProblemsTogetherAndShowsControlCharacters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PartitionLayout.parse("/a\nb/day=!{timestamp:dd}"))
                .withMessageContaining("absolute")
                .withMessageContaining("does not end in /")
                .withMessageContaining("character U+000A in aU+000Ab")
                .withMessageContaining("without a hole");
    }

    @Test
    void cursorAgreesWithTheLayout() {
        PartitionCursor cursor = hourly.cursor();
        for (String at : List.of(
                "2023-09-07T04:00:00Z", "2023-09-07T04:59:59Z", "2023-09-07T05:00:00Z", "2023-09-07T04:30:00Z")) {
            assertThat(cursor.partitionOf(Instant.parse(at))).isEqualTo(hourly.partitionOf(Instant.parse(at)));
        }
        assertThat(cursor.partitionOf(SENT)).isSameAs(cursor.partitionOf(SENT.plusSeconds(1)));
    }

    @Test
    void cursorRemembersBothSidesOfAnEnd() {
        PartitionCursor cursor = hourly.cursor();
        Instant end = Instant.parse("2023-09-07T05:00:00Z");
        Partition before = cursor.partitionOf(end.minusSeconds(1));
        Partition after = cursor.partitionOf(end);
        assertThat(cursor.partitionOf(end.minusSeconds(2))).isSameAs(before);
        assertThat(cursor.partitionOf(end.plusSeconds(1))).isSameAs(after);
    }

    @Test
    void travelsToWorkers() throws Exception {
        PartitionLayout layout = hourly.inZone(SEOUL);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(layout);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject())
                    .isEqualTo(layout)
                    .isInstanceOfSatisfying(
                            PartitionLayout.class,
                            read -> assertThat(read.path(SENT)).isEqualTo(layout.path(SENT)));
        }
    }
}
