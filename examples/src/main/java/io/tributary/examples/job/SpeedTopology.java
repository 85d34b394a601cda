package io.tributary.examples.job;

import io.tributary.aws.Deduplicator;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Outcome;
import io.tributary.speed.ArrivalClock;
import io.tributary.speed.Arrivals;
import io.tributary.speed.Duplicates;
import io.tributary.speed.Identified;
import io.tributary.speed.IngestOptions;
import io.tributary.speed.LakeSink;
import io.tributary.speed.LakeSinkOptions;
import io.tributary.speed.Records;
import io.tributary.speed.SpeedLayer;
import io.tributary.speed.SpeedOptions;
import io.tributary.speed.SplitOutcomes;
import io.tributary.speed.kinesis.KinesisDecoder;
import io.tributary.speed.kinesis.KinesisRecord;
import io.tributary.speed.kinesis.KinesisSource;
import io.tributary.view.SpeedStore;
import io.tributary.view.View;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * The operators of the speed layer. Orders are read from Kinesis and given their partition; from there they go
 * to the lake and into the slices of all views, which commit with the same checkpoint. Lab 6's summary goes
 * to the lake, too, when its hours are over.
 *
 * @param stream where the orders come from
 * @param lake its location, to which the paths of the layout are added
 * @param layout of the orders
 * @param delivery how the lake is written
 * @param deduplication how long the ids of records are remembered; null for records that have none
 * @param store where the slices go
 * @param views the views of which there are slices
 * @param speed how slices and the summary are buffered
 * @param kept how long slices are kept
 * @param clock by which orders arrive; serializable
 */
record SpeedTopology(
        KinesisSource<KinesisRecord> stream,
        String lake,
        PartitionLayout layout,
        LakeSinkOptions delivery,
        @Nullable Duration deduplication,
        SpeedStore.Factory store,
        List<View<EnrichedOrder>> views,
        SpeedOptions speed,
        IngestOptions kept,
        InstantSource clock) {
    /** Where the summary of lab 6 lies. */
    static final PartitionLayout SUMMARY = PartitionLayout.parse("data/summary/timely_cumulate_sum_of_sales/"
            + "year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/");

    /** How much later than a later order one may be read from the same shard. */
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(10);

    /** How far ahead of the clock an order may end windows; a wall clock may be up to 14 hours ahead of it. */
    private static final Duration AHEAD = Duration.ofDays(2);

    /** After which a shard without orders holds the others up no longer. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** Adds the operators to a job that commits each so often. */
    void build(StreamExecutionEnvironment flink, Duration checkpointInterval) {
        flink.enableCheckpointing(checkpointInterval.toMillis(), CheckpointingMode.EXACTLY_ONCE);
        flink.getCheckpointConfig()
                .setExternalizedCheckpointRetention(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.getConfig().enableObjectReuse();
        Arrivals<EnrichedOrder> arrivals = deliver(read(flink));
        for (View<EnrichedOrder> view : views) {
            arrivals.slices(view).with(speed).with(kept).into(store);
        }
        summarize(arrivals.records());
    }

    private SplitStream read(StreamExecutionEnvironment flink) {
        SplitOutcomes<EnrichedOrder> split = SplitOutcomes.of(EnrichedOrder.SCHEMA);
        SingleOutputStreamOperator<EnrichedOrder> orders = (deduplication == null
                        ? outcomes(flink)
                        : Duplicates.removed(identified(flink), EnrichedOrder.SCHEMA, deduplication))
                .process(split)
                .uid("split")
                .name("split");
        return new SplitStream(orders, orders.getSideOutput(split.rejects()));
    }

    private DataStream<Outcome<EnrichedOrder>> outcomes(StreamExecutionEnvironment flink) {
        return orders(
                flink,
                KinesisDecoder.json(EnrichedOrder.SCHEMA),
                SpeedLayer.watermarksOfOutcomes(RetailViews.CUMULATIVE_DAILY_SALES.window(), OUT_OF_ORDER));
    }

    private DataStream<Identified<EnrichedOrder>> identified(StreamExecutionEnvironment flink) {
        return orders(
                flink,
                KinesisDecoder.identifiedJson(EnrichedOrder.SCHEMA, Deduplicator::idOf),
                SpeedLayer.watermarksOfIdentified(RetailViews.CUMULATIVE_DAILY_SALES.window(), OUT_OF_ORDER));
    }

    private <T> DataStream<T> orders(
            StreamExecutionEnvironment flink, KinesisDecoder<T> decoder, WatermarkStrategy<T> watermarks) {
        WatermarkStrategy<T> bounded = withoutFuture(watermarks, clock).withIdleness(IDLE);
        return flink.fromSource(stream.decodedBy(decoder), bounded, "orders").uid("orders");
    }

    /** Lets orders that are dated far ahead leave the watermark where it is: one of them would make all others late. */
    static <T> WatermarkStrategy<T> withoutFuture(WatermarkStrategy<T> watermarks, InstantSource clock) {
        return watermarks.withTimestampAssigner(context -> {
            TimestampAssigner<T> times = watermarks.createTimestampAssigner(context);
            return (order, previous) -> {
                long time = times.extractTimestamp(order, previous);
                return time > clock.millis() + AHEAD.toMillis() ? Long.MIN_VALUE : time;
            };
        });
    }

    private record SplitStream(DataStream<EnrichedOrder> orders, DataStream<Outcome.Rejected<EnrichedOrder>> rejects) {}

    private Arrivals<EnrichedOrder> deliver(SplitStream read) {
        LakeSink<EnrichedOrder> sink =
                LakeSink.to(lake, layout, EnrichedOrder.SCHEMA).with(delivery);
        sink.reject(read.rejects(), RetailLake.REJECTS);
        return sink.deliver(read.orders(), ArrivalClock.of(clock));
    }

    private void summarize(DataStream<EnrichedOrder> orders) {
        DataStream<CumulativeSales> summary =
                SpeedLayer.on(orders).view(RetailViews.CUMULATIVE_DAILY_SALES).with(speed).windows().stream()
                        .map(CumulativeSales::of)
                        .returns(Records.typeOf(CumulativeSales.SCHEMA))
                        .name("summary");
        LakeSink.to(lake, SUMMARY, CumulativeSales.SCHEMA).with(delivery).deliver(summary, ArrivalClock.of(clock));
    }
}
