package io.tributary.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import io.tributary.serving.Answer;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.speed.LakeSink;
import io.tributary.speed.Records;
import io.tributary.view.Slices;
import io.tributary.view.TimeRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is code that runs, and its commands are those that the build runs. */
class ReadmeIT {
    private static final Path ROOT = Path.of("..");

    @TempDir
    private Path directory;

    @Test
    void theExampleGivesTheAnswerOfOnePass() throws Exception {
        List<EnrichedOrder> orders = new RandomOrders(11, 4).list(500);
        InMemorySpeedStore store = InMemorySpeedStore.create();
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(1);
        flink.enableCheckpointing(100);
        ReadmeExample.speed(
                flink.fromData(orders, Records.typeOf(EnrichedOrder.SCHEMA)),
                LakeSink.to(directory.toUri().toString(), RetailLake.LAYOUT, EnrichedOrder.SCHEMA),
                store);
        flink.execute();
        LocalLake<EnrichedOrder> lake = LocalLake.at(directory, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);

        try (DuckDbEngine duckDb = DuckDbEngine.start()) {
            Instant cut = lake.newestCut().orElseThrow();
            Answer answer = ReadmeExample.answer(ReadmeExample.batch(duckDb, lake, cut), store);

            Slices<EnrichedOrder> onePass = ReadmeExample.TOP_DIVISIONS.slices();
            onePass.addAll(orders);
            assertThat(answer.coverage().isComplete()).isTrue();
            assertThat(answer.rows())
                    .isNotEmpty()
                    .isEqualTo(ReadmeExample.TOP_DIVISIONS.rows(onePass.toList(), TimeRange.day("2015-01-02")));
        }
    }

    @Test
    void theReadmeShowsTheExampleThatIsTested() throws IOException {
        String example = Files.readString(Path.of("src/test/java/io/tributary/examples/ReadmeExample.java"));
        String shown = example.split(" {4}// README\n", -1)[1].indent(-4).strip();

        assertThat(block("java")).isEqualTo(shown);
    }

    @Test
    void theCommandsAreThoseThatCiRuns() throws IOException {
        String ci = Files.readString(ROOT.resolve(".ci/run"));

        assertThat(block("sh").lines().toList())
                .containsExactly(
                        "mvn -q -DskipTests package && java -jar examples/target/tributary-examples.jar demo --until-done",
                        "mvn verify");
        assertThat(ci).contains("verify", "java -jar examples/target/tributary-examples.jar demo --until-done");
    }

    private static String block(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1).strip();
    }
}
