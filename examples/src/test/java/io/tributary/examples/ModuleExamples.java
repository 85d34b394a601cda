package io.tributary.examples;

import static io.tributary.retail.EnrichedOrder.DIVISION_NAME;
import static io.tributary.retail.EnrichedOrder.MOUNT;
import static io.tributary.retail.EnrichedOrder.TR_DATETIME;
import static io.tributary.view.Measure.count;
import static io.tributary.view.Measure.sum;
import static io.tributary.view.Window.cumulate;
import static io.tributary.view.Window.tumble;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import io.tributary.batch.BatchViews;
import io.tributary.batch.Source;
import io.tributary.batch.ViewSql;
import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.Dialect;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.codec.JsonLines;
import io.tributary.codec.RecordReader;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.schema.Column;
import io.tributary.schema.Outcome;
import io.tributary.serving.Answer;
import io.tributary.serving.LambdaView;
import io.tributary.speed.ArrivalClock;
import io.tributary.speed.Arrivals;
import io.tributary.speed.Combiner;
import io.tributary.speed.SliceWindows;
import io.tributary.speed.SpeedLayer;
import io.tributary.speed.WindowResult;
import io.tributary.speed.kinesis.KinesisRecord;
import io.tributary.speed.kinesis.KinesisSource;
import io.tributary.speed.kinesis.KinesisSourceOptions;
import io.tributary.speed.kinesis.StartPosition;
import io.tributary.view.BatchView;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The code that the modules' pages show, between the marks. */
final class ModuleExamples {
    static final View<EnrichedOrder> HOURLY_SALES = Core.HOURLY_SALES;
    static final PartitionLayout LAYOUT = RetailLake.LAYOUT;

    private ModuleExamples() {}

    static final class Core {
        // README
        static final View<EnrichedOrder> HOURLY_SALES = View.named("hourly-sales")
                .over(EnrichedOrder.SCHEMA)
                .window(tumble(TR_DATETIME).every(ofHours(1)))
                .groupBy(DIVISION_NAME)
                .measure("mount", sum(MOUNT))
                .measure("cnt", count())
                .build();

        /** The rows of a file of JSON lines, in memory: what both layers are tested against. */
        static List<Row> hourlySales(InputStream file) throws IOException {
            Slices<EnrichedOrder> slices = HOURLY_SALES.slices();
            try (RecordReader<EnrichedOrder> lines =
                    JsonLines.of(EnrichedOrder.SCHEMA).read(file)) {
                while (lines.hasNext()) {
                    Outcome<EnrichedOrder> line = lines.next();
                    if (line instanceof Outcome.Accepted<EnrichedOrder> accepted) {
                        slices.add(accepted.value());
                    } else {
                        System.err.println(line); // a line that is no order tells why
                    }
                }
            }
            return HOURLY_SALES.rows(slices.toList());
        }
        // README
    }

    static final class Batch {
        // README
        /** Writes orders, seals the hour in which they arrived, and has DuckDB aggregate it. */
        static BatchView firstHour(LocalLake<EnrichedOrder> lake, List<EnrichedOrder> orders) throws IOException {
            Partition hour = lake.layout().partitionOf(orders.get(0).eventTime());
            try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
                for (EnrichedOrder order : orders) {
                    writer.write(order, order.eventTime());
                }
                writer.seal(hour);
            }
            try (DuckDbEngine duckDb = DuckDbEngine.start()) {
                return BatchViews.on(duckDb, lake).build(HOURLY_SALES, hour.end());
            }
        }

        /** The same view as a query for Athena, over the partitions of one day. */
        static Query onAthena(PartitionLayout layout, Instant midnight) {
            return ViewSql.of(HOURLY_SALES, Dialect.ATHENA)
                    .answer(Source.table("lake", "orders").where(layout.predicate(midnight, midnight.plus(ofDays(1)))));
        }
        // README
    }

    static final class Speed {
        // README
        /** Each hour's rows, once, when the watermark has passed its end. */
        static DataStream<Row> hourly(DataStream<EnrichedOrder> orders) {
            return SpeedLayer.on(
                    orders.assignTimestampsAndWatermarks(SpeedLayer.watermarks(HOURLY_SALES.window(), ofMinutes(5))))
                    .view(HOURLY_SALES)
                    .windows()
                    .stream();
        }
        // README
    }

    static final class Serving {
        // README
        /** Answers from the speed store alone, until a batch view is published; and then from both. */
        static Answer ofDay(SpeedStore store, BatchView batch, String day) {
            LambdaView<EnrichedOrder> sales = LambdaView.of(HOURLY_SALES, store);
            sales.publish(batch);
            Answer answer = sales.read(TimeRange.day(day));
            if (!answer.coverage().isComplete()) {
                System.err.println(answer.coverage()); // tells what is missing
            }
            return answer;
        }
        // README
    }

    /** What the javadoc shows. */
    static final class Javadoc {
        static final Column<Reading, LocalDateTime> TIME = Column.dateTime("time", Reading::time);

        record Reading(String sensor, long value, LocalDateTime time) {}

        static final class Sum implements Combiner<Reading, Long> {
            private static final long serialVersionUID = 1L;

            @Override
            public Long create() {
                return 0L;
            }

            @Override
            public Long add(Long sum, Reading reading) {
                return sum + reading.value();
            }

            @Override
            public Long merge(Long into, Long other) {
                return into + other;
            }

            @Override
            public Long copy(Long sum) {
                return sum;
            }
        }

        static DataStream<WindowResult<String, Long>> windows(DataStream<Reading> readings) {
            return SliceWindows.of(readings)
                    .keyBy(Reading::sensor, Types.STRING)
                    .window(cumulate(TIME).step(ofMinutes(5)).upTo(ofHours(1)))
                    .aggregate(new Sum(), Types.LONG)
                    .stream();
        }

        static void speed(DataStream<EnrichedOrder> orders, SpeedStore.Factory speedStore) {
            SpeedLayer.on(orders).view(HOURLY_SALES).windows().stream().print();
            Arrivals.stamp(orders, LAYOUT, ArrivalClock.system())
                    .slices(HOURLY_SALES)
                    .into(speedStore);
        }

        static KinesisSource<KinesisRecord> source() {
            return KinesisSource.of("orders")
                    .from(StartPosition.latest())
                    .with(KinesisSourceOptions.defaults().withRegion("ap-northeast-2"));
        }
    }
}
