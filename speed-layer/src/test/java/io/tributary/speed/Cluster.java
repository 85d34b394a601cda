package io.tributary.speed;

import io.tributary.retail.EnrichedOrder;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** The cluster of the tests that run whole jobs, without Kryo. */
final class Cluster {
    static final int SLOTS = 4;

    private Cluster() {}

    static MiniClusterExtension extension() {
        return new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                .setNumberTaskManagers(1)
                .setNumberSlotsPerTaskManager(SLOTS)
                .build());
    }

    static StreamExecutionEnvironment environment(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        return environment;
    }

    static DataStream<EnrichedOrder> stream(
            StreamExecutionEnvironment environment,
            List<EnrichedOrder> orders,
            WatermarkStrategy<EnrichedOrder> watermarks) {
        return environment
                .fromData(orders, Records.typeOf(EnrichedOrder.SCHEMA))
                .setParallelism(1)
                .rebalance()
                .assignTimestampsAndWatermarks(watermarks);
    }

    static <T> List<T> collect(DataStream<T> stream) throws Exception {
        return stream.executeAndCollect(10_000_000);
    }
}
