package io.tributary.examples.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tributary.aws.KinesisPublisher;
import io.tributary.aws.PublisherTally;
import io.tributary.batch.BatchTally;
import io.tributary.batch.BatchViews;
import io.tributary.batch.query.EngineTally;
import io.tributary.batch.query.QueryEngine;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters over the tallies of the batch layer and of the publisher, which know nothing of Micrometer. They are read
 * when someone scrapes. METRICS.md lists them.
 */
public final class Meters {
    private Meters() {}

    /** Of batch views and the engine that builds them, labelled {@code engine} with the name of its dialect. */
    public static MeterBinder ofBatchLayer(QueryEngine engine, BatchViews<?> views) {
        return registry -> {
            Tags tags = Tags.of("engine", engine.dialect().name());
            FunctionTimer.builder(
                            "tributary.batch.queries",
                            engine,
                            of -> of.tally().queries(),
                            of -> of.tally().took().toNanos(),
                            TimeUnit.NANOSECONDS)
                    .tags(tags)
                    .register(registry);
            ofEngine(engine, "failed.queries", null, EngineTally::failed, tags, registry);
            ofEngine(engine, "scanned", "bytes", EngineTally::scannedBytes, tags, registry);
            ofEngine(engine, "retries", null, EngineTally::retries, tags, registry);
            ofViews(views, "partitions", null, BatchTally::partitions, tags, registry);
            ofViews(views, "records", null, BatchTally::records, tags, registry);
            ofViews(views, "read", "bytes", BatchTally::bytes, tags, registry);
            Gauge.builder(
                            "tributary.batch.cut.timestamp",
                            views,
                            of -> of.tally()
                                    .cut()
                                    .map(Instant::getEpochSecond)
                                    .map(Long::doubleValue)
                                    .orElse(Double.NaN))
                    .tags(tags)
                    .baseUnit("seconds")
                    .register(registry);
        };
    }

    private static void ofEngine(
            QueryEngine engine,
            String name,
            @Nullable String unit,
            ToDoubleFunction<EngineTally> count,
            Tags tags,
            MeterRegistry registry) {
        FunctionCounter.builder("tributary.batch." + name, engine, of -> count.applyAsDouble(of.tally()))
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    private static void ofViews(
            BatchViews<?> views,
            String name,
            @Nullable String unit,
            ToDoubleFunction<BatchTally> count,
            Tags tags,
            MeterRegistry registry) {
        FunctionCounter.builder("tributary.batch." + name, views, of -> count.applyAsDouble(of.tally()))
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    /** Of a publisher, labelled {@code stream}. */
    public static MeterBinder ofPublisher(KinesisPublisher<?> publisher, String stream) {
        return registry -> {
            Tags tags = Tags.of("stream", stream);
            ofPublisher(publisher, "records", PublisherTally::taken, tags, registry);
            ofPublisher(publisher, "refused.records", PublisherTally::refused, tags, registry);
            ofPublisher(publisher, "acknowledged.records", PublisherTally::acknowledged, tags, registry);
            ofPublisher(publisher, "retries", PublisherTally::retried, tags, registry);
            ofPublisher(publisher, "possible.duplicates", PublisherTally::possibleDuplicates, tags, registry);
        };
    }

    private static void ofPublisher(
            KinesisPublisher<?> publisher,
            String name,
            ToDoubleFunction<PublisherTally> count,
            Tags tags,
            MeterRegistry registry) {
        FunctionCounter.builder("tributary.publisher." + name, publisher, of -> count.applyAsDouble(of.tally()))
                .tags(tags)
                .register(registry);
    }
}
