package io.tributary.speed;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The two stages of everything here: a pre-aggregation in the tasks of the stream, then, behind a shuffle,
 * slices in state.
 *
 * @param label for people
 * @param uid for state, or null for Flink's own
 * @param horizon null when nothing is late by event time
 */
record Topology<T, K, A>(
        DataStream<T> records,
        String label,
        @Nullable String uid,
        Cell.Of<T, K> cells,
        Combiner<T, A> combiner,
        TypeInformation<K> keyType,
        TypeInformation<A> valueType,
        SpeedOptions options,
        @Nullable Horizon horizon) {

    <P, E, OUT> Results<T, OUT> results(
            StateLayout<K, P, E> layout,
            OneInputStreamOperator<Contribution<K, A>, OUT> operator,
            TypeInformation<OUT> resultType) {
        @Nullable
        OutputTag<T> late = horizon != null && options.lateness().hasSideOutput()
                ? new OutputTag<>("late", records.getType())
                : null;
        SerializerConfig config = records.getExecutionConfig().getSerializerConfig();
        TypeInformation<Contribution<K, A>> contributionType = new DescribedType<>(
                Contribution.class,
                new ContributionSerializer<>(keyType.createSerializer(config), valueType.createSerializer(config)));
        PreAggregator<T, K, A> preAggregator = new PreAggregator<>(label, cells, combiner, options, horizon, late);
        SingleOutputStreamOperator<Contribution<K, A>> partials = records.transform(
                        label + " partials", contributionType, preAggregator)
                .setParallelism(records.getParallelism());
        SingleOutputStreamOperator<OUT> results = partials.keyBy(
                        contribution -> layout.placeOf(contribution.slice(), contribution.key()), layout.placeType())
                .transform(label, resultType, operator);
        if (uid != null) {
            partials.uid(uid + "-partials");
            results.uid(uid);
        }
        return new Results<>(results, partials, late);
    }
}
