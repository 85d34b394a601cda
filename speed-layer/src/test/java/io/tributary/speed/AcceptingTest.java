package io.tributary.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptingTest {

    /** What the log says when all of these lines are rejected. */
    private static String log(String... lines) throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (var flink = ProcessFunctionTestHarnesses.forProcessFunction(DecodeJson.of(EnrichedOrder.SCHEMA))) {
            for (String line : lines) {
                flink.processElement(line.getBytes(StandardCharsets.UTF_8), 0);
            }
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"qty\": \"홍길동\", \"product_name\": \"수면제\"} | for its field qty",
                "{\"qty\": 홍길동} | for its field qty",
                "{\"홍길동\": 수면제} | as a whole",
                "홍길동 | as a whole"
            })
    void theLogTellsTheFieldOfTheFirstRejectAndNothingOfWhatWasRead(String line, String place) throws Exception {
        assertThat(log(line, "no object", line))
                .contains("Rejected the first of transaction_order, %s (".formatted(place))
                .doesNotContain("홍길동", "수면제", "no object")
                .hasLineCount(1);
    }
}
