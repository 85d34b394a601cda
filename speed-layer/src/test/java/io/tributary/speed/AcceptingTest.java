package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class AcceptingTest {

    @Test
    void theLogTellsWhyTheFirstWasRejectedAndNothingOfWhatWasRead() throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (var flink = ProcessFunctionTestHarnesses.forProcessFunction(DecodeJson.of(EnrichedOrder.SCHEMA))) {
            for (String line :
                    new String[] {"{\"qty\": \"홍길동\", \"product_name\": \"수면제\"}", "{\"qty\": \"many\"}", "no object"
                    }) {
                flink.processElement(line.getBytes(StandardCharsets.UTF_8), 0);
            }
        } finally {
            System.setErr(before);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("Rejected the first of %s: qty must be".formatted(EnrichedOrder.SCHEMA.name()))
                .doesNotContain("홍길동", "수면제", "many", "no object")
                .hasLineCount(1);
    }
}
