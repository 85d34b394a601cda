package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Outcome;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stream that has each order up to three times, read by a job that fails again and again. */
class DuplicatesIT {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Cluster.extension();

    private static final int MOST_FAILURES = 3;
    private static final List<EnrichedOrder> ORDERS = Orders.random(5, 800);
    private static final List<Integer> SENT = sent();
    private static final View<EnrichedOrder> VIEW = RetailViews.HOURLY_CATEGORY_SALES;
    private static final AtomicInteger FAILURES = new AtomicInteger();

    private static List<Integer> sent() {
        Random random = new Random(5);
        List<Integer> sent = new ArrayList<>();
        for (int number = 0; number < ORDERS.size(); number++) {
            sent.addAll(Collections.nCopies(hasId(number) ? 1 + random.nextInt(3) : 1, number));
        }
        Collections.shuffle(sent, random);
        return sent;
    }

    private static boolean hasId(int number) {
        return number % 5 > 0;
    }

    /** Fails after each of the first checkpoints. */
    private static final class Failing extends RichMapFunction<Identified<EnrichedOrder>, Identified<EnrichedOrder>>
            implements CheckpointListener {
        private static final long serialVersionUID = 1L;

        private transient boolean due;

        @Override
        public Identified<EnrichedOrder> map(Identified<EnrichedOrder> order) {
            if (due && FAILURES.getAndUpdate(so -> Math.min(so + 1, MOST_FAILURES)) < MOST_FAILURES) {
                throw new IllegalStateException("a failure of the test");
            }
            return order;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            due = true;
        }
    }

    private static DataStream<Identified<EnrichedOrder>> stream() {
        StreamExecutionEnvironment environment = Cluster.environment(2);
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        environment.configure(configuration);
        environment.enableCheckpointing(50);
        environment.setBufferTimeout(5);
        GeneratorFunction<Long, Identified<EnrichedOrder>> order = index -> {
            if (FAILURES.get() < MOST_FAILURES) {
                Thread.sleep(2);
            }
            int number = SENT.get(index.intValue());
            return new Identified<>(hasId(number) ? "order-" + number : null, Outcome.accepted(ORDERS.get(number)));
        };
        return environment
                .fromSource(
                        new DataGeneratorSource<>(order, SENT.size(), Records.identifiedOf(EnrichedOrder.SCHEMA)),
                        WatermarkStrategy.noWatermarks(),
                        "orders")
                .setParallelism(1)
                .map(new Failing())
                .returns(Records.identifiedOf(EnrichedOrder.SCHEMA))
                .rebalance();
    }

    @Test
    void eachOrderCountsOnceInSpiteOfCopiesAndFailures() throws Exception {
        DataStream<EnrichedOrder> orders = Duplicates.removed(stream(), EnrichedOrder.SCHEMA, Duration.ofHours(24))
                .process(SplitOutcomes.of(EnrichedOrder.SCHEMA));
        Slices<EnrichedOrder> counted = VIEW.slices();
        counted.addAll(Cluster.collect(orders));

        assertThat(SENT).hasSizeGreaterThan(ORDERS.size() * 3 / 2);
        assertThat(FAILURES).hasValue(MOST_FAILURES);
        assertThat(VIEW.rows(counted.toList())).isEqualTo(rows());
    }

    private static List<Row> rows() {
        Slices<EnrichedOrder> slices = VIEW.slices();
        slices.addAll(ORDERS);
        return VIEW.rows(slices.toList());
    }
}
