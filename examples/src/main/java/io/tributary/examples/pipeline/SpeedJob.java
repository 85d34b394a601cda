package io.tributary.examples.pipeline;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.speed.Arrivals;
import io.tributary.speed.EmbeddedFeed;
import io.tributary.speed.IngestOptions;
import io.tributary.speed.Records;
import io.tributary.speed.SpeedOptions;
import io.tributary.view.SpeedStore;
import io.tributary.view.View;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The speed layer of some views: a Flink job on a cluster inside this process, fed order by order. */
final class SpeedJob implements AutoCloseable {
    private static final int PARALLELISM = 2;
    private static final Duration FLUSH = Duration.ofMillis(100);
    /** Each commits what is in the store then. */
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofMillis(400);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EmbeddedFeed<EnrichedOrder> feed;
    private final JobClient job;
    private final CompletableFuture<?> result;

    private SpeedJob(EmbeddedFeed<EnrichedOrder> feed, JobClient job, CompletableFuture<?> result) {
        this.feed = feed;
        this.job = job;
        this.result = result;
    }

    static SpeedJob start(List<View<EnrichedOrder>> views, IngestOptions ingest, SpeedStore.Factory store)
            throws Exception {
        EmbeddedFeed<EnrichedOrder> feed = EmbeddedFeed.open();
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration());
        flink.enableCheckpointing(BETWEEN_CHECKPOINTS.toMillis());
        // One task takes orders in, so that they stay in order.
        DataStream<EnrichedOrder> orders = flink.fromSource(
                        feed.source(), WatermarkStrategy.noWatermarks(), "orders", Records.typeOf(EnrichedOrder.SCHEMA))
                .setParallelism(1);
        Arrivals<EnrichedOrder> arrivals = Arrivals.fixed(orders, RetailLake.LAYOUT, EnrichedOrder::eventTime);
        for (View<EnrichedOrder> view : views) {
            arrivals.slices(view)
                    .with(SpeedOptions.defaults().withFlushInterval(FLUSH))
                    .with(ingest)
                    .into(store);
        }
        JobClient job = flink.executeAsync("speed layer");
        CompletableFuture<?> watched = job.getJobExecutionResult().whenComplete((result, failure) -> {
            if (failure != null) {
                feed.abandon(failure);
            }
        });
        return new SpeedJob(feed, job, watched);
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        // The feed gives nothing twice, so a job that fails has failed.
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        return configuration;
    }

    void accept(EnrichedOrder order) throws InterruptedException {
        feed.put(order);
    }

    /** Lets the job have all that was put. */
    void flush() throws InterruptedException {
        feed.flush();
    }

    /** Ends the input and waits until all of it is in the store. */
    void finish() throws InterruptedException {
        feed.close();
        try {
            result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Cannot finish the speed layer: its job failed: " + JobFailure.reason(e), e);
        }
    }

    @Override
    public void close() {
        if (!result.isDone()) {
            job.cancel()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .exceptionally(e -> null)
                    .join();
        }
    }
}
