package io.tributary.speed;

import io.tributary.view.IngestSlice;
import io.tributary.view.SpeedStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The slices of a view by ingest partition. Each is the whole partial of its partition and key so far, so
 * it replaces the one given before.
 *
 * @param <R> the record
 */
public final class IngestSlices<R> {
    private final SpeedView<R> speed;
    private final SpeedView.PartitionOf<R> partitionOf;
    private final IngestOptions ingest;

    IngestSlices(SpeedView<R> speed, SpeedView.PartitionOf<R> partitionOf, IngestOptions ingest) {
        this.speed = speed;
        this.partitionOf = partitionOf;
        this.ingest = ingest;
    }

    public IngestSlices<R> with(IngestOptions newIngest) {
        return new IngestSlices<>(speed, partitionOf, newIngest);
    }

    public SingleOutputStreamOperator<IngestSlice> stream() {
        @Nullable OutputTag<IngestSlice> late = ingest.forgotten() == Forgotten.SIDE_OUTPUT ? lateTag() : null;
        return speed.slices(partitionOf, ingest, late);
    }

    /**
     * The slices that came for forgotten partitions, of what {@link #stream()} gave: each of some records
     * that are in no other slice.
     */
    public DataStream<IngestSlice> late(SingleOutputStreamOperator<IngestSlice> stream) {
        return stream.getSideOutput(lateTag());
    }

    private OutputTag<IngestSlice> lateTag() {
        TypeInformation<IngestSlice> type = ViewTypes.of(speed.view()).ingestSlice();
        return new OutputTag<>("late", type);
    }

    /**
     * Puts the slices into a store: whenever buffers are flushed, and before a checkpoint completes. After
     * a failure slices are put again, which replaces them; until it has caught up, the job may put smaller
     * ones than were there.
     */
    public DataStreamSink<IngestSlice> into(SpeedStore.Factory store) {
        return stream()
                .sinkTo(new SpeedStoreSink(speed.view(), store, speed.options()))
                .name(speed.label("store"));
    }
}
