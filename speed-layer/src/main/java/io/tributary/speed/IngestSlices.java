package io.tributary.speed;

import io.tributary.view.IngestSlice;
import io.tributary.view.SpeedStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
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
     * Puts the slices into a store, whenever buffers are flushed, and commits them with each checkpoint: readers
     * see the state as of one checkpoint, and after a failure still the last one, until the job completes
     * another. The end of a bounded input is committed too.
     *
     * @throws IllegalStateException when the job makes no checkpoints, or inexact ones
     */
    public void into(SpeedStore.Factory store) {
        SingleOutputStreamOperator<IngestSlice> slices = stream();
        CheckpointConfig checkpoints = slices.getExecutionEnvironment().getCheckpointConfig();
        if (!checkpoints.isCheckpointingEnabled()
                || checkpoints.getCheckpointingConsistencyMode() != CheckpointingMode.EXACTLY_ONCE) {
            throw new IllegalStateException(
                    "Cannot store the slices of view %s: they are committed with exactly-once checkpoints, which are off (call enableCheckpointing(interval) before)"
                            .formatted(speed.view().name()));
        }
        speed.store(slices, new StoreOperator(speed.view(), store, speed.options(), ingest));
    }
}
