package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.Row;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that fails after a checkpoint, and goes on from it. */
class RecoveryIT {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Cluster.extension();

    private static final List<EnrichedOrder> ORDERS = Orders.byEventTime(9, 1_500);
    private static final View<EnrichedOrder> VIEW = RetailViews.CUMULATIVE_DAILY_SALES;
    private static final AtomicBoolean FAILED = new AtomicBoolean();

    /** Fails once, at the first record after a checkpoint that lies behind some records; till then they come slowly. */
    private static final class FailingOnce extends RichMapFunction<EnrichedOrder, EnrichedOrder>
            implements CheckpointListener {
        private static final long serialVersionUID = 1L;

        private transient int seen;
        private transient boolean due;

        @Override
        public EnrichedOrder map(EnrichedOrder order) {
            seen++;
            if (due && FAILED.compareAndSet(false, true)) {
                throw new IllegalStateException("the failure of the test");
            }
            return order;
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            due = seen > 20;
        }
    }

    @BeforeEach
    void notFailedYet() {
        FAILED.set(false);
    }

    private static DataStream<EnrichedOrder> stream(String backend, WatermarkStrategy<EnrichedOrder> watermarks) {
        StreamExecutionEnvironment environment = Cluster.environment(2);
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        environment.configure(configuration);
        environment.enableCheckpointing(50);
        environment.setBufferTimeout(5);
        GeneratorFunction<Long, EnrichedOrder> order = index -> {
            if (!FAILED.get()) {
                Thread.sleep(2);
            }
            return ORDERS.get(index.intValue());
        };
        return environment
                .fromSource(
                        new DataGeneratorSource<>(order, ORDERS.size(), Records.typeOf(EnrichedOrder.SCHEMA)),
                        watermarks,
                        "orders")
                .setParallelism(1)
                .map(new FailingOnce())
                .returns(Records.typeOf(EnrichedOrder.SCHEMA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void eachWindowIsStillGivenOnceAndExact(String backend) throws Exception {
        DataStream<EnrichedOrder> stream = stream(backend, SpeedLayer.watermarks(VIEW.window(), Duration.ofHours(1)));
        List<Row> rows = new ArrayList<>(Cluster.collect(SpeedLayer.on(stream).view(VIEW).windows().stream()));
        rows.sort(VIEW.order());

        assertThat(FAILED).isTrue();
        assertThat(rows).isEqualTo(rows());
    }

    private static List<Row> rows() {
        Slices<EnrichedOrder> slices = VIEW.slices();
        slices.addAll(ORDERS);
        return VIEW.rows(slices.toList());
    }
}
