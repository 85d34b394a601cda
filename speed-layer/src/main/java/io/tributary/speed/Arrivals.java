package io.tributary.speed;

import io.tributary.partition.PartitionCursor;
import io.tributary.partition.PartitionLayout;
import io.tributary.view.View;
import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * Records whose ingest partition is fixed. From here the stream forks: into a lake, and into the slices of
 * views, which therefore agree on the partition of each record. {@link LakeSink#deliver} stamps and delivers.
 *
 * <pre>{@code
 * Arrivals.stamp(orders, LAYOUT, ArrivalClock.system()).slices(HOURLY_SALES).into(speedStore);
 * }</pre>
 *
 * @param <R> the record
 */
public final class Arrivals<R> {
    private final DataStream<R> records;
    private final DataStream<Arrived<R>> stream;

    Arrivals(DataStream<R> records, DataStream<Arrived<R>> stream) {
        this.records = records;
        this.stream = stream;
    }

    /** Fixes the partition of each record as it comes, once: it stays the same when the job fails and goes on. */
    public static <R> Arrivals<R> stamp(DataStream<R> records, PartitionLayout layout, ArrivalClock<R> clock) {
        return stamp(records, layout, clock, "arrivals");
    }

    /**
     * The same of one of several streams in a job.
     *
     * @param uid names the operator's state
     */
    public static <R> Arrivals<R> stamp(
            DataStream<R> records, PartitionLayout layout, ArrivalClock<R> clock, String uid) {
        return new Arrivals<>(records, stamped(records, uid, new Stamp<>(layout, clock, null), clock));
    }

    /**
     * Records whose partition was fixed before they came here, for whoever writes their lake reads the same time.
     *
     * <p>The newest time tells what is forgotten, so one in the far future makes all others late: refuse such times
     * before they come here.
     */
    public static <R> Arrivals<R> fixed(
            DataStream<R> records, PartitionLayout layout, ArrivalClock.IngestTime<R> ingestTime) {
        return new Arrivals<>(
                records,
                records.map(new Fixed<>(layout, ingestTime))
                        .returns(typeOf(records))
                        .name("arrivals")
                        .setParallelism(records.getParallelism()));
    }

    static <R> SingleOutputStreamOperator<Arrived<R>> stamped(
            DataStream<R> records, String uid, Stamp<R> stamp, ArrivalClock<R> clock) {
        boolean isOneTask = clock instanceof ArrivalClock.OfRecord<R>;
        SingleOutputStreamOperator<Arrived<R>> stamped =
                records.transform("stamp", typeOf(records), stamp).uid(uid + "-stamp");
        return isOneTask ? stamped.forceNonParallel() : stamped.setParallelism(records.getParallelism());
    }

    static <R> ArrivedSerializer<R> serializerOf(DataStream<R> records) {
        return new ArrivedSerializer<>(
                records.getType().createSerializer(records.getExecutionConfig().getSerializerConfig()));
    }

    private static <R> TypeInformation<Arrived<R>> typeOf(DataStream<R> records) {
        return new DescribedType<>(Arrived.class, serializerOf(records));
    }

    /** Each record with its partition. */
    public DataStream<Arrived<R>> stream() {
        return stream;
    }

    /** The records alone, for views by event time. */
    public DataStream<R> records() {
        return stream.map(Arrived::value)
                .returns(records.getType())
                .name("records")
                .setParallelism(stream.getParallelism());
    }

    /** Slices of a view for a speed store: whenever buffers are flushed, those that have changed. Event time plays no part. */
    public IngestSlices<R> slices(View<R> view) {
        return new IngestSlices<>(
                stream, view, SpeedOptions.defaults(), IngestOptions.defaults(), "view-" + view.name());
    }

    /** Its cursor is the task's own. */
    private static final class Fixed<R> implements MapFunction<R, Arrived<R>>, Serializable {
        private static final long serialVersionUID = 1L;

        private final PartitionLayout layout;
        private final ArrivalClock.IngestTime<R> ingestTime;
        private transient @Nullable PartitionCursor partitions;

        Fixed(PartitionLayout layout, ArrivalClock.IngestTime<R> ingestTime) {
            this.layout = layout;
            this.ingestTime = ingestTime;
        }

        @Override
        public Arrived<R> map(R row) {
            if (partitions == null) {
                partitions = layout.cursor();
            }
            Instant start = partitions.partitionOf(ingestTime.apply(row)).start();
            return new Arrived<>(start, row);
        }
    }
}
