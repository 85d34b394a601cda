package io.tributary.examples.lake;

import io.tributary.partition.PartitionLayout;
import io.tributary.speed.ArrivalClock;
import io.tributary.speed.LakeSink;
import io.tributary.speed.LakeSinkOptions;
import io.tributary.speed.LaterSeals;
import io.tributary.speed.Records;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job that delivers numbered records to a lake and fails now and then. */
record DeliveryJob(String lake, InstantSource clock, long records, int parallelism, LaterSeals laterSeals) {
    static final PartitionLayout LAYOUT = PartitionLayout.parse(
            "data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/");

    /** How often the jobs of this process are still to fail. */
    static final AtomicInteger FAILURES = new AtomicInteger();

    /** Whether the second half of the records comes slowly, so that a job can be stopped before it ends. */
    static final AtomicBoolean HELD = new AtomicBoolean();

    private static final AtomicInteger SEEN = new AtomicInteger();
    /** Five failures come within 700 records, even when no record comes again. */
    private static final int ONE_IN = 130;

    DeliveryJob withParallelism(int newParallelism) {
        return new DeliveryJob(lake, clock, records, newParallelism, laterSeals);
    }

    DeliveryJob withLaterSeals(LaterSeals newLaterSeals) {
        return new DeliveryJob(lake, clock, records, parallelism, newLaterSeals);
    }

    private static final class Failing implements MapFunction<NumberedRecord, NumberedRecord> {
        private static final long serialVersionUID = 1L;

        @Override
        public NumberedRecord map(NumberedRecord row) {
            if (FAILURES.get() > 0 && SEEN.incrementAndGet() % ONE_IN == 0 && FAILURES.getAndDecrement() > 0) {
                throw new IllegalStateException("a failure of the test");
            }
            return row;
        }
    }

    JobClient start() throws Exception {
        return start(new Configuration());
    }

    JobClient restore(String savepoint) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        return start(configuration);
    }

    private JobClient start(Configuration configuration) throws Exception {
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(40));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1_000);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment flink =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        flink.setBufferTimeout(5);
        long half = records / 2;
        GeneratorFunction<Long, NumberedRecord> slowly = number -> {
            Thread.sleep(HELD.get() && number > half ? 100 : 1);
            return new NumberedRecord(number);
        };
        var numbers = flink.fromSource(
                        new DataGeneratorSource<>(slowly, records, Records.typeOf(NumberedRecord.SCHEMA)),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .setParallelism(1)
                .map(new Failing())
                .returns(Records.typeOf(NumberedRecord.SCHEMA));
        LakeSink.to(lake, LAYOUT, NumberedRecord.SCHEMA)
                .with(LakeSinkOptions.defaults().withMaxBytes(500).withLaterSeals(laterSeals))
                .deliver(numbers, ArrivalClock.of(clock));
        return flink.executeAsync("delivery");
    }
}
