package io.tributary.speed;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps slices in a {@link SliceCache} over keyed state. Restoring reads all entries of the task's key
 * groups back into the cache, so parallelism can change; there are no timers in state.
 *
 * <p>Limitations: all open slices of a task must fit into its heap, whatever the state backend; change the
 * parallelism from an aligned checkpoint or a savepoint, in which all tasks have seen the same watermark.
 */
abstract class SliceOperator<K, P, E, A, OUT> extends AbstractStreamOperator<OUT>
        implements OneInputStreamOperator<Contribution<K, A>, OUT> {
    private static final long serialVersionUID = 1L;

    private final StateLayout<K, P, E> layout;
    private final Combiner<?, A> combiner;
    private final TypeInformation<A> valueType;

    transient SliceCache<K, A> cache;
    transient Counter lateRecords = new SimpleCounter();
    private transient @Nullable MapState<E, A> state;
    private transient @Nullable ListState<Long> progressState;

    SliceOperator(StateLayout<K, P, E> layout, Combiner<?, A> combiner, TypeInformation<A> valueType) {
        this.layout = layout;
        this.combiner = combiner;
        this.valueType = valueType;
        this.cache = new SliceCache<>(combiner);
    }

    /** The time that this task has reached, to be kept with the slices. */
    abstract long progress();

    /**
     * Goes on from the times that all tasks had reached, after the cache was filled.
     *
     * @param progress empty for a new start
     */
    abstract void resume(Iterable<Long> progress) throws Exception;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        cache = new SliceCache<>(combiner);
        MapStateDescriptor<E, A> descriptor = new MapStateDescriptor<>("slices", layout.entryType(), valueType);
        state = context.getKeyedStateStore().getMapState(descriptor);
        ListState<Long> progress = Watermarks.of(context, "progress");
        progressState = progress;
        if (context.isRestored()) {
            KeyedStateBackend<P> backend = getKeyedStateBackend();
            backend.applyToAllKeys(
                    VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor, (place, entries) -> {
                        for (var entry : entries.entries()) {
                            cache.load(layout.cellOf(place, entry.getKey()), entry.getValue());
                        }
                    });
        }
        resume(progress.get());
    }

    @Override
    public void open() throws Exception {
        super.open();
        lateRecords = SpeedMetrics.lateRecords(getRuntimeContext());
        SpeedMetrics.of(getRuntimeContext()).gauge("slices", () -> cache.size());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        MapState<E, A> entries = state;
        ListState<Long> progress = progressState;
        if (entries == null || progress == null) {
            return;
        }
        cache.writeTo(new SliceCache.Store<>() {
            @Override
            public void put(long slice, K key, A value) throws Exception {
                setCurrentKey(layout.placeOf(slice, key));
                entries.put(layout.entryOf(slice, key), value);
            }

            @Override
            public void remove(long slice, K key) throws Exception {
                setCurrentKey(layout.placeOf(slice, key));
                entries.remove(layout.entryOf(slice, key));
            }
        });
        Watermarks.keep(progress, progress());
    }

    final void emit(OUT result) {
        output.collect(new StreamRecord<>(result));
    }
}
