package io.tributary.serving.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tributary.serving.Answer;
import io.tributary.serving.Coverage;
import io.tributary.serving.LambdaView;
import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a view, times it, and tells the coverage of the last answer; what is not known is not a number. */
final class MeasuredView {
    private static final double NANOS = 1e9;

    private final LambdaView<?> view;
    private final Timer reads;
    private final Counter failedReads;
    private volatile @Nullable Coverage last;

    MeasuredView(LambdaView<?> view, MeterRegistry registry) {
        this.view = view;
        Tags tags = Tags.of("view", view.view().name());
        this.reads = registry.timer("tributary.serving.reads", tags);
        this.failedReads = registry.counter("tributary.serving.failed.reads", tags);
        Gauge.builder("tributary.serving.cut.timestamp", () -> seconds(view.cut()))
                .tags(tags)
                .baseUnit("seconds")
                .register(registry);
        gauge(
                        "tributary.serving.newest.timestamp",
                        coverage -> seconds(coverage.newest().orElse(Instant.MIN)))
                .tags(tags)
                .baseUnit("seconds")
                .register(registry);
        gauge(
                        "tributary.serving.commit.timestamp",
                        coverage -> seconds(coverage.commit().map(Commit::at).orElse(Instant.MIN)))
                .tags(tags)
                .baseUnit("seconds")
                .register(registry);
        gauge("tributary.serving.complete", coverage -> coverage.isComplete() ? 1.0 : 0.0)
                .tags(tags)
                .register(registry);
    }

    private Gauge.Builder<?> gauge(String name, Function<Coverage, Double> value) {
        return Gauge.builder(name, () -> {
            Coverage coverage = last;
            return coverage == null ? Double.NaN : value.apply(coverage);
        });
    }

    private static double seconds(Instant instant) {
        return instant.equals(Instant.MIN) ? Double.NaN : instant.getEpochSecond() + instant.getNano() / NANOS;
    }

    Answer read(TimeRange range) {
        long started = System.nanoTime();
        try {
            Answer answer = view.read(range);
            last = answer.coverage();
            reads.record(Duration.ofNanos(System.nanoTime() - started));
            return answer;
        } catch (RuntimeException | Error e) {
            failedReads.increment();
            throw e;
        }
    }
}
