package io.tributary.serving.snapshot;

import static io.tributary.view.Measure.sum;
import static io.tributary.view.Window.tumble;

import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import io.tributary.view.IngestSlice;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A record that weighs ten to the power of its number, so that the digits of a sum tell how often each record
 * is in it. Every third is late: its event time is that of the first.
 */
record Numbered(Integer weight, LocalDateTime soldAt) {
    private static final Column<Numbered, Integer> WEIGHT = Column.integer("weight", Numbered::weight);
    private static final Column<Numbered, LocalDateTime> SOLD_AT = Column.dateTime("sold_at", Numbered::soldAt);
    static final Schema<Numbered> SCHEMA = Schema.of("numbered", Numbered.class, WEIGHT, SOLD_AT);
    static final View<Numbered> VIEW = View.named("weights")
            .over(SCHEMA)
            .window(tumble(SOLD_AT).every(Duration.ofHours(1)))
            .measure("weight", sum(WEIGHT))
            .build();
    private static final LocalDateTime FIRST = LocalDateTime.parse("2015-01-01T00:00:00");
    private static final Instant FIRST_PARTITION = Instant.parse("2023-09-07T04:00:00Z");

    static Numbered of(int number) {
        return new Numbered((int) Math.pow(10, number), FIRST.plusHours(number % 3 == 2 ? 0 : number));
    }

    static Instant partition(int index) {
        return FIRST_PARTITION.plus(Duration.ofHours(index));
    }

    static Slices<Numbered> slicesOf(Iterable<Integer> numbers) {
        Slices<Numbered> slices = VIEW.slices();
        numbers.forEach(number -> slices.add(of(number)));
        return slices;
    }

    static List<IngestSlice> ingestSlices(int partition, Iterable<Integer> numbers) {
        List<IngestSlice> slices = new ArrayList<>();
        slicesOf(numbers).toList().forEach(slice -> slices.add(new IngestSlice(partition(partition), slice)));
        return slices;
    }
}
