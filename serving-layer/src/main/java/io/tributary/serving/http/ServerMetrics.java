package io.tributary.serving.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tributary.serving.Answer;
import io.tributary.serving.LambdaView;
import io.tributary.view.TimeRange;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server counts and times, for Prometheus. */
final class ServerMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger streams = new AtomicInteger();
    private final Counter coalesced = registry.counter("tributary.serving.coalesced.states");
    private final Map<String, MeasuredView> views = new HashMap<>();

    ServerMetrics(Collection<LambdaView<?>> served) {
        registry.gauge("tributary.serving.streams", streams);
        served.forEach(view -> views.put(view.view().name(), new MeasuredView(view, registry)));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    MeterRegistry registry() {
        return registry;
    }

    AtomicInteger streams() {
        return streams;
    }

    /** @param route the pattern of the path, of which there are few */
    void request(String route, int status, long nanos) {
        registry.timer("tributary.serving.requests", "route", route, "status", "" + status)
                .record(Duration.ofNanos(nanos));
    }

    /** Reads one of the served views. */
    Answer read(LambdaView<?> view, TimeRange range) {
        return Objects.requireNonNull(views.get(view.view().name())).read(range);
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
