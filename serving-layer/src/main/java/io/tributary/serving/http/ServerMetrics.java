package io.tributary.serving.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server counts and times, for Prometheus. */
final class ServerMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger streams = new AtomicInteger();
    private final Counter coalesced = registry.counter("tributary.live.coalesced");

    ServerMetrics() {
        registry.gauge("tributary.live.streams", streams);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    AtomicInteger streams() {
        return streams;
    }

    /** @param route the pattern of the path, of which there are few */
    void request(String route, int status, long nanos) {
        registry.timer("tributary.http.requests", "route", route, "status", "" + status)
                .record(Duration.ofNanos(nanos));
    }

    void read(String view, long nanos) {
        registry.timer("tributary.live.reads", "view", view).record(Duration.ofNanos(nanos));
    }

    void readFailed(String view) {
        registry.counter("tributary.live.read.failures", "view", view).increment();
    }

    /** A client was too slow to see every state. */
    void coalesced() {
        coalesced.increment();
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
