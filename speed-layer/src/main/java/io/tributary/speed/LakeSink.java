package io.tributary.speed;

import io.tributary.partition.ErrorPrefix;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Outcome;
import io.tributary.schema.Schema;
import java.time.InstantSource;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a stream to a lake, each record exactly once, and seals partitions by manifests. Files become
 * visible with the checkpoint that completes them; a partition is sealed when no task can add to it any more,
 * so time needs checkpoints to go on. At the end of the input all partitions are sealed.
 *
 * <p>Needs streaming mode, aligned checkpoints and a file system of Flink's that recovers writes: a local directory,
 * S3 by flink-s3-fs-hadoop. One job at a time writes to a lake, and one of its tasks commits. A failure leaves hidden
 * files behind on a disk and unfinished uploads on S3, which a lifecycle rule of the bucket removes. Where the tasks
 * of a bounded source end one after another, no checkpoint completes from the first end to the last.
 *
 * @param <R> the record
 */
public final class LakeSink<R> {
    private final LakeDirectory lake;
    private final PartitionLayout layout;
    private final Schema<R> schema;
    private final LakeSinkOptions options;
    private final String uid;

    private LakeSink(
            LakeDirectory lake, PartitionLayout layout, Schema<R> schema, LakeSinkOptions options, String uid) {
        this.lake = lake;
        this.layout = layout;
        this.schema = schema;
        this.options = options;
        this.uid = uid;
    }

    /**
     * A lake that one job writes.
     *
     * @param location such as {@code s3://bucket/prefix/} or {@code file:///directory/}, to which the layout's paths
     *     are added
     */
    public static <R> LakeSink<R> to(String location, PartitionLayout layout, Schema<R> schema) {
        return new LakeSink<>(
                new LakeDirectory(location), layout, schema, LakeSinkOptions.defaults(), "lake-" + schema.name());
    }

    public LakeSink<R> with(LakeSinkOptions newOptions) {
        return new LakeSink<>(lake, layout, schema, newOptions, uid);
    }

    /** Names the operators' state; {@code lake-} and the schema's name by default. Needed where a job writes two lakes of one schema. */
    public LakeSink<R> uid(String newUid) {
        return new LakeSink<>(lake, layout, schema, options, newUid);
    }

    /**
     * Stamps the records of a stream and delivers them.
     *
     * @return the stamped records, for the views
     * @throws IllegalStateException when the job is not in streaming mode with aligned checkpoints
     */
    public Arrivals<R> deliver(DataStream<R> records, ArrivalClock<R> clock) {
        requireCheckpoints(records);
        LakeSeals seals = new LakeSeals(lake, layout);
        OutputTag<LakeInput<R>> input = new OutputTag<>(
                "lake",
                new DescribedType<>(LakeInput.class, new LakeInputSerializer<>(Arrivals.serializerOf(records))));
        Stamp<R> stamp = new Stamp<>(layout, clock, new Stamp.Lake<>(input, seals, options.laterSeals()));
        SingleOutputStreamOperator<Arrived<R>> stamped = Arrivals.stamped(records, uid, stamp, clock);
        commit(
                uid,
                stamped.getSideOutput(input),
                records.getParallelism(),
                Lines.ofRecords(layout, schema),
                new PartitionSealer(seals, schema, InstantSource.system()));
        return new Arrivals<>(records, stamped);
    }

    /**
     * Delivers inputs that are no records, each exactly once, with their reasons and the time when they were
     * written. They are in no partition and so in no manifest; whoever has dealt with them may move them away.
     *
     * @throws IllegalStateException when the job is not in streaming mode with aligned checkpoints
     */
    public void reject(DataStream<Outcome.Rejected<R>> rejects, ErrorPrefix prefix) {
        requireCheckpoints(rejects);
        commit(
                uid + "-rejects",
                rejects,
                rejects.getParallelism(),
                Lines.ofRejects(prefix, InstantSource.system()),
                null);
    }

    private <E> void commit(
            String name,
            DataStream<E> stream,
            int parallelism,
            Lines.Format<E> lines,
            @Nullable PartitionSealer sealer) {
        TypeInformation<Delivery> type = new DescribedType<>(Delivery.class, new DeliverySerializer());
        SingleOutputStreamOperator<Void> unused = stream.transform(
                        name + " write", type, new DeliveryWriter<>(lake, options.maxBytes(), lines))
                .uid(name + "-write")
                .setParallelism(parallelism)
                .transform(name + " commit", Types.VOID, new DeliveryCommit(lake, type, sealer))
                .uid(name + "-commit")
                .forceNonParallel();
    }

    private void requireCheckpoints(DataStream<?> stream) {
        Checkpoints.requireAligned(stream.getExecutionEnvironment(), "deliver to " + lake.location());
    }
}
