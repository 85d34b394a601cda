package io.tributary.speed;

import io.tributary.view.EventTime;
import io.tributary.view.Window;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.jspecify.annotations.Nullable;

/**
 * Windows made of slices, for any stream and any merge function; there need not be a view or a schema.
 * Each window is given once, when the watermark passes its end.
 *
 * <p>A value is merged into one slice, whatever the number of windows that hold it. Limitation: open slices
 * must fit into the heap.
 *
 * <pre>{@code
 * SliceWindows.of(readings)
 *         .keyBy(Reading::sensor, Types.STRING)
 *         .window(cumulate(TIME).step(ofMinutes(5)).upTo(ofHours(1)))
 *         .aggregate(new Sum(), Types.LONG)
 *         .stream();
 * }</pre>
 *
 * @param <T> the value
 */
public final class SliceWindows<T> {
    private final DataStream<T> values;

    private SliceWindows(DataStream<T> values) {
        this.values = values;
    }

    public static <T> SliceWindows<T> of(DataStream<T> values) {
        return new SliceWindows<>(values);
    }

    /** By a key whose hash code is the same in every process. */
    public <K> Keyed<T, K> keyBy(KeySelector<T, K> key, TypeInformation<K> keyType) {
        return new Keyed<>(values, key, keyType);
    }

    /** Values that lack their windows. */
    public static final class Keyed<T, K> {
        private final DataStream<T> values;
        private final KeySelector<T, K> key;
        private final TypeInformation<K> keyType;

        private Keyed(DataStream<T> values, KeySelector<T, K> key, TypeInformation<K> keyType) {
            this.values = values;
            this.key = key;
            this.keyType = keyType;
        }

        public Windowed<T, K> window(Window<T> window) {
            return new Windowed<>(this, window, SpeedOptions.defaults(), null);
        }
    }

    /** Values that lack their merge function. */
    public static final class Windowed<T, K> {
        private final Keyed<T, K> keyed;
        private final Window<T> window;
        private final SpeedOptions options;
        private final @Nullable String uid;

        private Windowed(Keyed<T, K> keyed, Window<T> window, SpeedOptions options, @Nullable String uid) {
            this.keyed = keyed;
            this.window = window;
            this.options = options;
            this.uid = uid;
        }

        /**
         * Buffers and lateness.
         *
         * @throws IllegalArgumentException when the lateness is to correct what was given
         */
        public Windowed<T, K> with(SpeedOptions newOptions) {
            if (newOptions.lateness() instanceof Lateness.Correct) {
                throw new IllegalArgumentException(
                        "Cannot give windows once and correct them: %s (use drop() or sideOutput())"
                                .formatted(newOptions.lateness()));
            }
            return new Windowed<>(keyed, window, newOptions, uid);
        }

        /** Names the operators' state, so that it is found again when the job has changed. */
        public Windowed<T, K> uid(String newUid) {
            return new Windowed<>(keyed, window, options, newUid);
        }

        public <A> Results<T, WindowResult<K, A>> aggregate(Combiner<T, A> combiner, TypeInformation<A> type) {
            Horizon horizon = Horizon.of(window, options.lateness().retention());
            StateLayout<K, K, Long> layout = new StateLayout.ByKey<>(keyed.keyType);
            SerializerConfig config = keyed.values.getExecutionConfig().getSerializerConfig();
            TypeInformation<WindowResult<K, A>> resultType = new DescribedType<>(
                    WindowResult.class,
                    new WindowResultSerializer<>(
                            keyed.keyType.createSerializer(config), type.createSerializer(config)));
            return new Topology<>(
                            keyed.values,
                            "windows " + window,
                            uid,
                            cells(window, keyed.key),
                            combiner,
                            keyed.keyType,
                            type,
                            options,
                            horizon)
                    .results(
                            layout,
                            new WindowOperator<>(layout, combiner, type, horizon, WindowOutput.results(combiner)),
                            resultType);
        }

        private static <T, K> Cell.Of<T, K> cells(Window<T> window, KeySelector<T, K> key) {
            @Nullable EventTime<T> time = window.eventTime().orElse(null);
            return value -> new Cell<>(time == null ? 0 : window.sliceOf(time.second(value)), key.getKey(value));
        }
    }
}
