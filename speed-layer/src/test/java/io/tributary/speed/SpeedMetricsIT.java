package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codec.JsonLines;
import io.tributary.retail.EnrichedOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SpeedMetricsIT {
    private static final InMemoryReporter REPORTER = InMemoryReporter.createWithRetainedMetrics();

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .setConfiguration(REPORTER.addToConfiguration(new Configuration()))
            .build());

    private static List<String> read(Configuration configuration) throws Exception {
        List<byte[]> lines = new ArrayList<>();
        Orders.random(4, 50)
                .forEach(order -> lines.add(JsonLines.of(EnrichedOrder.SCHEMA).encode(order)));
        Stream.of("{}", "no object").forEach(line -> lines.add(line.getBytes(StandardCharsets.UTF_8)));
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        flink.setParallelism(1);
        var unused = flink.fromData(lines, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
                .process(DecodeJson.of(EnrichedOrder.SCHEMA))
                .name("decode")
                .sinkTo(new DiscardingSink<>());
        var job = flink.execute().getJobID();
        List<String> counts = new ArrayList<>();
        REPORTER.getMetricsByIdentifiers(job).forEach((name, metric) -> {
            if (name.contains("tributary") && metric instanceof Counter counter) {
                counts.add("%s %d".formatted(name.replaceAll(".*decode\\.0\\.", ""), counter.getCount()));
            }
        });
        return counts;
    }

    @Test
    void metricsAreInOneGroup() throws Exception {
        assertThat(read(new Configuration()))
                .containsExactlyInAnyOrder(
                        "tributary.speed.records_total 50", "tributary.speed.rejected_records_total 2");
    }

    @Test
    void aJobNamesAGroupAroundIt() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GLOBAL_JOB_PARAMETERS, Map.of(SpeedLayer.METRIC_GROUP, "kinesisanalytics"));
        assertThat(read(configuration))
                .containsExactlyInAnyOrder(
                        "kinesisanalytics.tributary.speed.records_total 50",
                        "kinesisanalytics.tributary.speed.rejected_records_total 2");
    }
}
