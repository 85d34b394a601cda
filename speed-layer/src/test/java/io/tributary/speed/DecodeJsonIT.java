package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.codec.JsonLines;
import io.tributary.retail.EnrichedOrder;
import io.tributary.schema.Outcome;
import io.tributary.schema.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DecodeJsonIT {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Cluster.extension();

    @Test
    void outcomesOfASourceAreSplitTheSameWay() throws Exception {
        List<EnrichedOrder> orders = Orders.random(5, 50);
        List<Outcome<EnrichedOrder>> outcomes = new ArrayList<>();
        orders.forEach(order -> outcomes.add(Outcome.accepted(order)));
        Rejection reason = new Rejection(0, "qty", "한 개", "must be a number");
        outcomes.add(Outcome.rejected(reason, "{\"qty\": \"한 개\"}"));
        Rejection whole = new Rejection(3, null, null, "must be an object");
        outcomes.add(Outcome.rejected(whole, ""));

        StreamExecutionEnvironment environment = Cluster.environment(1);
        SplitOutcomes<EnrichedOrder> split = SplitOutcomes.of(EnrichedOrder.SCHEMA);
        SingleOutputStreamOperator<EnrichedOrder> records = environment
                .fromData(outcomes, Records.outcomesOf(EnrichedOrder.SCHEMA))
                .process(split);
        CloseableIterator<EnrichedOrder> accepted = records.collectAsync();
        var rejected = records.getSideOutput(split.rejects()).rebalance().collectAsync();
        environment.execute();

        assertThat(accepted).toIterable().containsExactlyInAnyOrderElementsOf(orders);
        assertThat(rejected)
                .toIterable()
                .containsExactlyInAnyOrder(
                        new Outcome.Rejected<>(reason, "{\"qty\": \"한 개\"}"), new Outcome.Rejected<>(whole, ""));
    }

    @Test
    void recordsAndRejectsAreWhatWasRead() throws Exception {
        List<EnrichedOrder> orders = Orders.random(4, 50);
        JsonLines<EnrichedOrder> format = JsonLines.of(EnrichedOrder.SCHEMA);
        List<byte[]> lines = new ArrayList<>();
        orders.forEach(order -> lines.add(format.encode(order)));
        lines.add("{\"qty\": \"many\"}".getBytes(StandardCharsets.UTF_8));
        lines.add("no object".getBytes(StandardCharsets.UTF_8));

        StreamExecutionEnvironment environment = Cluster.environment(1);
        DecodeJson<EnrichedOrder> decode = DecodeJson.of(EnrichedOrder.SCHEMA);
        SingleOutputStreamOperator<EnrichedOrder> records = environment
                .fromData(lines, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
                .process(decode);
        CloseableIterator<EnrichedOrder> accepted = records.collectAsync();
        var rejected = records.getSideOutput(decode.rejects()).rebalance().collectAsync();
        environment.execute();

        List<EnrichedOrder> read = new ArrayList<>();
        accepted.forEachRemaining(read::add);
        assertThat(read).containsExactlyInAnyOrderElementsOf(orders);
        List<String> inputs = new ArrayList<>();
        rejected.forEachRemaining(reject -> {
            assertThat(reject.rejection().reason()).isNotBlank();
            inputs.add(reject.input());
        });
        assertThat(inputs).containsExactlyInAnyOrder("{\"qty\": \"many\"}", "no object");
    }
}
