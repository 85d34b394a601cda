package io.tributary.serving.dynamo;

import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Notices when a call, as the SDK made it, had an attempt that failed without an answer: the service may
 * carry that one out at any later time. A throttled attempt was answered.
 */
final class Doubt implements MetricPublisher {
    private static final String THROTTLED = "Throttling";

    private volatile boolean raised;

    @Override
    public void publish(MetricCollection call) {
        for (MetricCollection attempt : call.children()) {
            if (attempt.metricValues(CoreMetric.ERROR_TYPE).stream().anyMatch(error -> !error.equals(THROTTLED))) {
                raised = true;
            }
        }
    }

    boolean isRaised() {
        return raised;
    }

    @Override
    public void close() {}
}
