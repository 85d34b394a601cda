package io.tributary.speed;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of an operator: {@code tributary.speed} and a name with its unit, as Prometheus writes them. */
final class SpeedMetrics {
    private SpeedMetrics() {}

    static MetricGroup of(RuntimeContext context) {
        String outer = context.getGlobalJobParameters().get(SpeedLayer.METRIC_GROUP);
        MetricGroup group = context.getMetricGroup();
        return (outer == null ? group : group.addGroup(outer))
                .addGroup("tributary")
                .addGroup("speed");
    }

    /** Late records are found ahead of the shuffle, but for those of an input that was idle. */
    static Counter lateRecords(RuntimeContext context) {
        return of(context).counter("late_records_total");
    }
}
