package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tributary.retail.EnrichedOrder;
import io.tributary.schema.Outcome;
import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LakeSinkTest {
    private final StreamExecutionEnvironment flink = Cluster.environment(1);
    private final LakeSink<EnrichedOrder> lake = LakeSink.to("file:///lake/", Orders.LAYOUT, EnrichedOrder.SCHEMA);

    private DataStream<EnrichedOrder> orders() {
        return flink.fromData(Orders.random(1, 1), Records.typeOf(EnrichedOrder.SCHEMA));
    }

    @Test
    void refusesToDeliverWithoutCheckpoints() {
        assertThatIllegalStateException()
                .isThrownBy(() -> lake.deliver(orders(), ArrivalClock.system()))
                .withMessage("Cannot deliver to file:///lake/: checkpoints are disabled"
                        + " (enable them before, as execution.checkpointing.interval)");
    }

    @Test
    void refusesCheckpointsInWhichRecordsPassTheirMarks() {
        flink.enableCheckpointing(1_000);
        flink.getCheckpointConfig().enableUnalignedCheckpoints();
        assertThatIllegalStateException()
                .isThrownBy(() -> lake.deliver(orders(), ArrivalClock.system()))
                .withMessageContaining("checkpoints are unaligned")
                .withMessageContaining("disable execution.checkpointing.unaligned.enabled");
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "AUTOMATIC"})
    void refusesModesInWhichNothingIsCommitted(RuntimeExecutionMode mode) {
        flink.enableCheckpointing(1_000);
        flink.setRuntimeMode(mode);
        assertThatIllegalStateException()
                .isThrownBy(() -> lake.deliver(orders(), ArrivalClock.system()))
                .withMessage(
                        "Cannot deliver to file:///lake/: the runtime mode is %s, in which nothing may be"
                                + " committed (set execution.runtime-mode to STREAMING)",
                        mode);
    }

    @Test
    void refusesJobsWhoseEndIsNotCommitted() {
        flink.enableCheckpointing(1_000);
        flink.configure(new Configuration().set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false));
        assertThatIllegalStateException()
                .isThrownBy(() -> lake.deliver(orders(), ArrivalClock.system()))
                .withMessage("Cannot deliver to file:///lake/: the end of the input would not be committed"
                        + " (enable execution.checkpointing.checkpoints-after-tasks-finish)");
    }

    @Test
    void twoStreamsOfASchemaHaveStatesOfTheirOwn() {
        flink.enableCheckpointing(1_000);
        lake.deliver(orders(), ArrivalClock.system());
        lake.uid("other-lake").deliver(orders(), ArrivalClock.system());
        Arrivals<EnrichedOrder> unused = Arrivals.stamp(orders(), Orders.LAYOUT, ArrivalClock.system());
        Arrivals<EnrichedOrder> unusedToo =
                Arrivals.stamp(orders(), Orders.LAYOUT, ArrivalClock.system(), "other-arrivals");
        Duplicates.removed(messages(), EnrichedOrder.SCHEMA, Duration.ofHours(1));
        Duplicates.removed(messages(), EnrichedOrder.SCHEMA, Duration.ofHours(1), "other-duplicates");

        StreamGraph graph = flink.getStreamGraph();
        assertThat(graph.getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("lake-transaction_order-commit", "other-lake-commit", "other-lake-stamp")
                .contains("arrivals-stamp", "other-arrivals-stamp")
                .contains("duplicates-transaction_order", "other-duplicates");
        assertThatNoException().isThrownBy(graph::getJobGraph);
    }

    private DataStream<Identified<EnrichedOrder>> messages() {
        return orders().map(order -> new Identified<>("id", Outcome.accepted(order)))
                .returns(Records.identifiedOf(EnrichedOrder.SCHEMA));
    }

    @Test
    void refusesALocationThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LakeSink.to("lake", Orders.LAYOUT, EnrichedOrder.SCHEMA))
                .withMessageStartingWith("Invalid location of a lake: lake (must be as s3://bucket/prefix/");
    }

    @Test
    void refusesAFileSizeThatNoFileSystemTakes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LakeSinkOptions.defaults().withMaxBytes(0))
                .withMessage("Invalid maxBytes: 0 (must be from 1 to 5368709120)");
    }
}
