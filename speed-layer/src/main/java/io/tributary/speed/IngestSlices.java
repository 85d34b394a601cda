package io.tributary.speed;

import io.tributary.view.IngestSlice;
import io.tributary.view.SliceKey;
import io.tributary.view.SpeedStore;
import io.tributary.view.View;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
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
    private static final int NANOS_OF_MILLI = 1_000_000;

    private final DataStream<Arrived<R>> arrivals;
    private final View<R> view;
    private final SpeedOptions options;
    private final IngestOptions ingest;
    private final String uid;

    IngestSlices(
            DataStream<Arrived<R>> arrivals, View<R> view, SpeedOptions options, IngestOptions ingest, String uid) {
        this.arrivals = arrivals;
        this.view = view;
        this.options = options;
        this.ingest = ingest;
        this.uid = uid;
    }

    public IngestSlices<R> with(SpeedOptions newOptions) {
        return new IngestSlices<>(arrivals, view, newOptions, ingest, uid);
    }

    public IngestSlices<R> with(IngestOptions newIngest) {
        return new IngestSlices<>(arrivals, view, options, newIngest, uid);
    }

    /** Names the operators' state; {@code view-} and the view's name by default. Needed where a view is used twice. */
    public IngestSlices<R> uid(String newUid) {
        return new IngestSlices<>(arrivals, view, options, ingest, newUid);
    }

    public SingleOutputStreamOperator<IngestSlice> stream() {
        @Nullable OutputTag<IngestSlice> late = ingest.forgotten() == Forgotten.SIDE_OUTPUT ? lateTag() : null;
        ViewTypes types = ViewTypes.of(view);
        ViewCells<R> cells = new ViewCells<>(view);
        Cell.Of<Arrived<R>, SliceKey> ofPartition =
                arrived -> new Cell<>(milli(arrived.partition()), cells.keyOf(arrived.value()));
        StateLayout<SliceKey, SliceKey, Long> layout = new StateLayout.ByKey<>(types.sliceKey());
        return new Topology<>(
                        arrivals,
                        label("slices"),
                        uid + "-slices",
                        ofPartition,
                        new ArrivedCombiner<>(new ViewCombiner<>(view)),
                        types.sliceKey(),
                        types.partial(),
                        options,
                        null)
                        .results(
                                layout,
                                new IngestOperator<>(view, layout, types.partial(), options, ingest, late),
                                types.ingestSlice())
                        .stream();
    }

    private static long milli(Instant partition) {
        if (partition.getNano() % NANOS_OF_MILLI != 0) {
            throw new IllegalArgumentException(
                    "Invalid ingest partition: %s (must start at a whole millisecond)".formatted(partition));
        }
        return partition.toEpochMilli();
    }

    private String label(String mode) {
        return "view " + view.name() + " " + mode;
    }

    /**
     * The slices that came for forgotten partitions, of what {@link #stream()} gave: each of some records
     * that are in no other slice.
     */
    public DataStream<IngestSlice> late(SingleOutputStreamOperator<IngestSlice> stream) {
        return stream.getSideOutput(lateTag());
    }

    private OutputTag<IngestSlice> lateTag() {
        TypeInformation<IngestSlice> type = ViewTypes.of(view).ingestSlice();
        return new OutputTag<>("late", type);
    }

    /**
     * Puts the slices into a store, whenever buffers are flushed, and commits them with each checkpoint: readers
     * see the state as of one checkpoint, and after a failure still the last one, until the job completes
     * another. The end of a bounded input is committed too.
     *
     * @throws IllegalStateException when the job makes no checkpoints, inexact ones, or none of its end
     * @throws IllegalArgumentException when slices of forgotten partitions are to go to a side output
     */
    public void into(SpeedStore.Factory store) {
        if (ingest.forgotten() == Forgotten.SIDE_OUTPUT) {
            throw new IllegalArgumentException(
                    "Cannot store the slices of view %s: those of forgotten partitions would go to a side output that nobody reads (use stream() and late(stream), or drop or fail)"
                            .formatted(view.name()));
        }
        Checkpoints.require(arrivals.getExecutionEnvironment(), "store the slices of view " + view.name());
        SingleOutputStreamOperator<IngestSlice> slices = stream();
        slices.transform(label("store"), Types.VOID, new StoreOperator(view, store, options, ingest))
                .setParallelism(slices.getParallelism())
                .uid(uid + "-store");
    }
}
