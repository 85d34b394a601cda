package io.tributary.examples.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class SpeedTopologyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void anOrderThatIsDatedFarAheadDoesNotEndTheWindowsOfOthers() {
        WatermarkStrategy<Instant> watermarks = WatermarkStrategy.<Instant>forBoundedOutOfOrderness(Duration.ZERO)
                .withTimestampAssigner((order, previous) -> order.toEpochMilli());
        TimestampAssigner<Instant> times = SpeedTopology.withoutFuture(watermarks, InstantSource.fixed(NOW))
                .createTimestampAssigner(UnregisteredMetricsGroup::new);

        assertThat(times.extractTimestamp(Instant.parse("2105-01-01T00:00:00Z"), 0))
                .isEqualTo(Long.MIN_VALUE);
        for (String inTime : new String[] {"2015-01-01T10:00:00Z", "2026-01-01T14:00:00Z"}) {
            Instant order = Instant.parse(inTime);
            assertThat(times.extractTimestamp(order, 0)).isEqualTo(order.toEpochMilli());
        }
    }
}
