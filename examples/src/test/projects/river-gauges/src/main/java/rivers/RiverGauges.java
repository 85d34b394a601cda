package rivers;

import static io.tributary.view.Measure.average;
import static io.tributary.view.Measure.count;
import static io.tributary.view.Measure.max;
import static io.tributary.view.Window.slide;
import static io.tributary.view.Window.tumble;
import static java.time.Duration.ofHours;

import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import io.tributary.serving.AnswerFormat;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.speed.Arrivals;
import io.tributary.speed.Records;
import io.tributary.view.View;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Levels of rivers: two questions, each answered from a lake and from a Flink job, merged. */
public final class RiverGauges {
    /** What a gauge measured. One in twenty came over a bad line, a day late. */
    record Level(String gauge, int centimetres, Instant measured, Instant received) {
        static final Column<Level, String> GAUGE = Column.text("gauge", Level::gauge);
        static final Column<Level, Integer> CENTIMETRES = Column.integer("centimetres", Level::centimetres);
        static final Column<Level, Instant> MEASURED = Column.timestamp("measured", Level::measured);
        static final Column<Level, Instant> RECEIVED = Column.timestamp("received", Level::received);
        static final Schema<Level> SCHEMA =
                Schema.of("levels", Level.class, GAUGE, CENTIMETRES, MEASURED, RECEIVED);

        static Level number(long i) {
            Instant measured = Instant.parse("2026-05-31T22:00:00Z").plus(ofHours(i / 3));
            String gauge = List.of("Linz", "Krems", "Passau").get((int) (i % 3));
            return new Level(gauge, (int) (300 + i * 37 % 101), measured, measured.plus(ofHours(i % 20 == 0 ? 24 : 0)));
        }
    }

    static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    static final PartitionLayout BY_DAY =
            PartitionLayout.parse("levels/day=!{timestamp:yyyy-MM-dd}/").inZone(VIENNA);

    static final View<Level> CRESTS = View.named("daily-crests")
            .over(Level.SCHEMA)
            .window(tumble(Level.MEASURED, VIENNA).every(ofHours(24)))
            .rollup(Level.GAUGE)
            .measure("crest", max(Level.CENTIMETRES))
            .measure("levels", count())
            .build();
    static final View<Level> HIGHEST = View.named("highest-gauge")
            .over(Level.SCHEMA)
            .window(slide(Level.MEASURED, ZoneId.of("UTC")).size(ofHours(12)).every(ofHours(6)))
            .groupBy(Level.GAUGE)
            .measure("mean", average(Level.CENTIMETRES))
            .top(1)
            .by("mean")
            .build();

    public static void main(String[] arguments) throws Exception {
        // Delivery: each level lies in the partition of the day on which it was received. The first day is over.
        var lake = LocalLake.at(Path.of(arguments[0]), BY_DAY, Level.SCHEMA);
        try (var writer = lake.writer()) {
            for (int i = 0; i < 144; i++) {
                writer.write(Level.number(i), Level.number(i).received());
            }
            writer.seal(BY_DAY.partitionOf(Level.number(1).received()));
        }

        // Speed layer: the same levels as a stream.
        var flink = StreamExecutionEnvironment.createLocalEnvironment(2);
        flink.enableCheckpointing(100);
        var levels = flink.fromSequence(0, 143).map(Level::number).returns(Records.typeOf(Level.SCHEMA));
        var store = InMemorySpeedStore.create();
        var arrivals = Arrivals.fixed(levels, BY_DAY, Level::received);
        for (View<Level> view : List.of(CRESTS, HIGHEST)) {
            arrivals.slices(view).into(store.factory());
        }
        flink.execute("river gauges");

        // Batch layer: what is sealed. Serving layer: both, as one answer that tells what it covers.
        try (var duckDb = DuckDbEngine.start()) {
            for (View<Level> view : List.of(CRESTS, HIGHEST)) {
                var batch = BatchViews.on(duckDb, lake).build(view, lake.newestCut().orElseThrow());
                var answer = LambdaView.of(view, batch, store).read();
                System.out.println(view.name() + ", " + answer.coverage());
                AnswerFormat.CSV.write(answer, System.out);
            }
        }
    }
}
