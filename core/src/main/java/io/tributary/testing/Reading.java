package io.tributary.testing;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import io.tributary.view.IngestSlice;
import io.tributary.view.Measure;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.View;
import io.tributary.view.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the contracts of stores are tried with: a level that was read at a place, in an ingest partition of an hour. */
record Reading(@Nullable String place, @Nullable Long level, LocalDateTime time, Instant partition) {
    private static final Column<Reading, String> PLACE =
            Column.text("place", Reading::place).optional();
    private static final Column<Reading, Long> LEVEL =
            Column.of("level", ColumnType.longInteger(), Reading::level).optional();
    private static final Column<Reading, LocalDateTime> TIME = Column.dateTime("time", Reading::time);
    private static final Schema<Reading> SCHEMA =
            Schema.of("readings", Reading.class, PLACE, LEVEL, TIME, Column.timestamp("partition", Reading::partition));

    /** Hours of places, with states of every kind: numbers, extremes, texts and sets. */
    static final View<Reading> VIEW = View.named("contract-hourly")
            .over(SCHEMA)
            .window(Window.tumble(TIME).every(Duration.ofHours(1)))
            .groupBy(PLACE)
            .measure("n", Measure.count())
            .measure("total", Measure.sum(LEVEL))
            .measure("last", Measure.max(TIME))
            .measure("places", Measure.distinct(PLACE, LEVEL))
            .build();
    /** Another view. */
    static final View<Reading> OTHER = View.named("contract-daily")
            .over(SCHEMA)
            .window(Window.tumble(TIME).every(Duration.ofDays(1)))
            .measure("n", Measure.count())
            .build();
    /** Another definition of the view. */
    static final View<Reading> REDEFINED =
            View.named(VIEW.name()).over(SCHEMA).measure("n", Measure.count()).build();

    static final int PARTITIONS = 5;
    static final String DAY = "2015-01-02";
    private static final Instant FIRST_PARTITION = Instant.parse("2023-09-07T04:00:00Z");
    private static final LocalDateTime FIRST_HOUR = LocalDateTime.parse("2015-01-01T20:00:00");

    /** The start of a partition, from 0 on. */
    static Instant partition(int index) {
        return FIRST_PARTITION.plus(Duration.ofHours(index));
    }

    /** Readings of few keys, some often, at the bounds of hours too, late and out of order. */
    static List<Reading> list(long seed, int size) {
        Random random = new Random(seed);
        List<String> places =
                Stream.generate(AwkwardTexts.random(seed)).distinct().limit(8).toList();
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int place = random.nextInt(places.size() + 3);
            LocalDateTime hour = FIRST_HOUR.plusDays(random.nextInt(3)).plusHours(random.nextInt(2));
            LocalDateTime time = switch (random.nextInt(4)) {
                case 0 -> hour;
                case 1 -> hour.plusHours(1).minusNanos(1_000);
                default -> hour.plusSeconds(random.nextInt(3_600));
            };
            readings.add(new Reading(
                    place < places.size() ? places.get(place) : place == places.size() ? null : places.get(0),
                    random.nextInt(4) == 0 ? null : (Long) (long) (random.nextInt(21) - 10),
                    time,
                    partition(random.nextInt(PARTITIONS))));
        }
        return readings;
    }

    /** The slices of readings by partition, as the speed layer puts them. */
    static List<IngestSlice> slices(List<Reading> readings) {
        return slices(VIEW, readings);
    }

    static List<IngestSlice> slices(View<Reading> view, List<Reading> readings) {
        List<IngestSlice> slices = new ArrayList<>();
        readings.stream().map(Reading::partition).distinct().forEach(partition -> {
            Slices<Reading> ofPartition = view.slices();
            readings.stream()
                    .filter(reading -> reading.partition().equals(partition))
                    .forEach(ofPartition::add);
            ofPartition.toList().forEach(slice -> slices.add(new IngestSlice(partition, slice)));
        });
        return slices;
    }

    /** One pass over the readings from a cut on. */
    static List<Row> rows(List<Reading> readings, Instant cut) {
        return rows(VIEW, readings, cut);
    }

    static List<Row> rows(View<Reading> view, List<Reading> readings, Instant cut) {
        Slices<Reading> fold = view.slices();
        readings.stream().filter(reading -> !reading.partition().isBefore(cut)).forEach(fold::add);
        return view.rows(fold.toList());
    }
}
