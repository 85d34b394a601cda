package io.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.speed.Arrivals;
import io.tributary.speed.Records;
import io.tributary.speed.SpeedOptions;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.SpeedStore;
import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.SpeedStore.Contents;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/**
 * A job fails again and again. Since one source gives the orders in turn, its state as of a checkpoint is a
 * number of orders from the first; replayed orders arrive in other partitions than before.
 */
class CommitIT {
    private static final View<EnrichedOrder> VIEW = RetailViews.DIVISION_SALES;
    private static final int PARTITIONS = 4;
    private static final int FAILURES = 4;
    private static final List<EnrichedOrder> ORDERS = new RandomOrders(3, PARTITIONS).list(800);
    private static final AtomicInteger FAILED = new AtomicInteger();

    /** Fails some records after a checkpoint, a few times. */
    private static final class Failing extends RichMapFunction<EnrichedOrder, EnrichedOrder>
            implements CheckpointListener {
        private static final long serialVersionUID = 1L;

        private transient int left;
        private transient boolean due;

        @Override
        public EnrichedOrder map(EnrichedOrder order) {
            if (due && left-- <= 0 && FAILED.getAndUpdate(so -> Math.min(so + 1, FAILURES)) < FAILURES) {
                throw new IllegalStateException("the failure of the test");
            }
            return order;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            left = due ? left : ThreadLocalRandom.current().nextInt(40);
            due = true;
        }
    }

    private static JobClient start(InMemorySpeedStore store) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, FAILURES);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        flink.enableCheckpointing(60);
        flink.setBufferTimeout(5);
        GeneratorFunction<Long, EnrichedOrder> order = index -> {
            // The second half leaves a slow machine the time for all failures.
            Thread.sleep(index < ORDERS.size() / 2 || FAILED.get() == FAILURES ? 2 : 50);
            return ORDERS.get(index.intValue());
        };
        DataStream<EnrichedOrder> orders = flink.fromSource(
                        new DataGeneratorSource<>(order, ORDERS.size(), Records.typeOf(EnrichedOrder.SCHEMA)),
                        WatermarkStrategy.noWatermarks(),
                        "orders")
                .setParallelism(1)
                .map(new Failing())
                .returns(Records.typeOf(EnrichedOrder.SCHEMA));
        Arrivals.fixed(
                        orders,
                        RetailLake.LAYOUT,
                        arrived -> RandomOrders.partition(
                                ThreadLocalRandom.current().nextInt(PARTITIONS)))
                .slices(VIEW)
                .with(SpeedOptions.defaults().withFlushInterval(Duration.ofMillis(5)))
                .into(store.factory());
        return flink.executeAsync("commits");
    }

    /** The rows after each number of orders. */
    private static Set<List<Row>> states() {
        Set<List<Row>> states = new HashSet<>(List.of(List.of()));
        Slices<EnrichedOrder> slices = VIEW.slices();
        for (EnrichedOrder order : ORDERS) {
            slices.add(order);
            states.add(VIEW.rows(slices.toList()));
        }
        return states;
    }

    @Test
    void aReaderSeesTheStateAsOfACheckpointWhateverFails() throws Exception {
        Set<List<Row>> states = states();
        Set<List<Row>> seen = new HashSet<>();
        long last = 0;
        InMemorySpeedStore store = InMemorySpeedStore.create();
        var done = start(store).getJobExecutionResult();
        while (!done.isDone()) {
            Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all());
            List<Row> rows = VIEW.rows(contents.slices());
            assertThat(states).contains(rows);
            seen.add(rows);
            long checkpoint = contents.commit().map(Commit::checkpoint).orElse(0L);
            assertThat(checkpoint).isGreaterThanOrEqualTo(last);
            last = checkpoint;
            Thread.sleep(1);
        }
        done.get();

        Contents contents = store.read(VIEW, Instant.MIN, TimeRange.all(), SpeedStore.State.PROVISIONAL);
        assertThat(FAILED).hasValue(FAILURES);
        assertThat(seen).hasSizeGreaterThan(FAILURES);
        Slices<EnrichedOrder> all = VIEW.slices();
        all.addAll(ORDERS);
        assertThat(VIEW.rows(contents.slices())).isEqualTo(VIEW.rows(all.toList()));
        assertThat(contents.provisional()).isFalse();
        assertThat(contents.newest()).isEqualTo(Optional.of(RandomOrders.partition(PARTITIONS - 1)));
    }
}
