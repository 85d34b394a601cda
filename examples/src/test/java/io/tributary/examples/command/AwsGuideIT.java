package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.aws.testing.NodeEmulator;
import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.server.AthenaLake;
import io.tributary.emulator.RequiresNode;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/** The guide's way on AWS: its own commands against emulators, those of the AWS command line against the template. */
@RequiresNode
class AwsGuideIT {
    private static final String GUIDE = "WORKSHOP.md";
    private static final Path TEMPLATE = Path.of("src/main/cloudformation/convenience-store.yaml");
    /** What is made by the template, by the suffix of the guide. */
    private static final Pattern NAMED = Pattern.compile("[a-z_-]+[_-]blee");

    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(\\w+)");
    private static final String BUCKET = "hist-streaming-lab-blee";

    @TempDir
    private static Path work;

    private static NodeEmulator dynamo;
    private static NodeEmulator kinesis;
    private static Map<String, String> settings;

    @BeforeAll
    static void start() throws IOException {
        dynamo = NodeEmulator.dynamoDb();
        kinesis = NodeEmulator.kinesis();
        AthenaLake athena = AthenaLake.started();
        athena.s3().createBucket(request -> request.bucket(BUCKET));
        athena.execute("create schema de_enhancement_db_blee");
        deliver(athena, "");
        deliver(athena, "speed/");
        settings = Map.of(
                "aws.accessKeyId",
                "some-id",
                "aws.secretAccessKey",
                "some-secret",
                "aws.endpointUrlDynamoDb",
                dynamo.endpoint().toString(),
                "aws.endpointUrlKinesis",
                kinesis.endpoint().toString(),
                "aws.endpointUrlAthena",
                athena.athena().endpoint().toString(),
                "aws.endpointUrlS3",
                athena.s3Endpoint().toString());
        settings.forEach(System::setProperty);
    }

    /** What Firehose, or the job, has delivered by then. */
    private static void deliver(AthenaLake athena, String prefix) throws IOException {
        LocalLake<EnrichedOrder> lake =
                LocalLake.at(work.resolve("lake" + prefix), RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            for (EnrichedOrder order : new RandomOrders(8, 1).list(50)) {
                writer.write(order, order.eventTime());
            }
            writer.seal(RetailLake.LAYOUT.partitionOf(RandomOrders.partition(0)));
        }
        athena.upload(lake.root(), BUCKET, prefix);
    }

    @AfterAll
    static void stop() {
        settings.keySet().forEach(System::clearProperty);
        FileSystem.initialize(new Configuration(), null);
        dynamo.close();
        kinesis.close();
    }

    private static Stream<String> commands() {
        return GuideBlock.of(GUIDE, "aws").stream().flatMap(block -> block.commands().stream());
    }

    private static Stream<String> stackCommands() {
        return commands().filter(command -> command.startsWith("aws cloudformation "));
    }

    private static Stream<String> deployments() {
        return stackCommands().filter(command -> command.contains(" deploy "));
    }

    @Test
    void itsOwnCommandsRunOneAfterTheOther() throws Exception {
        int run = 0;
        for (GuideBlock block : GuideBlock.of(GUIDE)) {
            StringBuilder printed = new StringBuilder();
            for (String command : block.commands()) {
                List<String> words = GuideBlock.words(command);
                if (block.where().equals("laptop") || !words.get(0).equals("tributary")) {
                    continue;
                }
                printed.append(run(words.subList(1, words.size())));
                run++;
            }
            if (!block.where().equals("laptop")) {
                assertThat(block.expected())
                        .allSatisfy(text -> assertThat(printed.toString()).contains(text));
            }
        }
        assertThat(run).isEqualTo(16);
        assertThat(commands()).allMatch(command -> command.startsWith("aws ") || command.startsWith("tributary "));
    }

    private static String run(List<String> arguments) throws Exception {
        return switch (arguments.get(0)) {
            case "run-speed-job" -> endedOnce(untilNow(arguments));
            case "serve" -> served(arguments.subList(1, arguments.size()));
            default -> succeed(arguments);
        };
    }

    private static String succeed(List<String> arguments) {
        Captured captured = Captured.run(arguments.toArray(String[]::new));
        assertThat(captured.code()).as("%s%n%s", arguments, captured.text()).isZero();
        return captured.text();
    }

    /** What has ended does not begin anew beside what it has delivered. */
    private static String endedOnce(List<String> arguments) {
        String printed = succeed(arguments);
        Captured again = Captured.run(arguments.toArray(String[]::new));
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.text()).contains("Cannot go on from file:", "has ended, with all that arrived before ");
        return printed;
    }

    /** The job, which ends by itself once it has all that was sent, against the emulators. */
    private static List<String> untilNow(List<String> arguments) {
        List<String> bounded = new ArrayList<>(arguments);
        bounded.set(
                bounded.indexOf("--state") + 1, work.resolve("state").toUri().toString());
        bounded.addAll(List.of("--until", Instant.now().toString(), "--checkpoint-interval", "PT1S"));
        Map.of(
                        "s3.endpoint", settings.get("aws.endpointUrlS3"),
                        "s3.path.style.access", "true",
                        "s3.access-key", "some-id",
                        "s3.secret-key", "some-secret",
                        // S3Mock does not find an object by the entity tag of its upload.
                        "s3.change.detection.mode", "none")
                .forEach((key, value) -> bounded.add("-D%s=%s".formatted(key, value)));
        return bounded;
    }

    /** What the API answers and the page is, while both are served. */
    private static String served(List<String> arguments) throws Exception {
        ServeCommand command = new ServeCommand();
        List<String> anyPort = new ArrayList<>(arguments);
        anyPort.addAll(List.of("--port", "0", "--s3-endpoint-url", settings.get("aws.endpointUrlS3")));
        new CommandLine(command).parseArgs(anyPort.toArray(String[]::new));
        try (ServeCommand.Opened opened = new ServeCommand.Opened()) {
            URI server = command.serve(opened);
            String sales = get(server, "api/views/today-sales");
            assertThat(sales).contains("\"complete\":true").doesNotContain("\"rows\":[]");
            assertThat(get(server, "api/views")).contains("day-sales", "\"records\":false");
            assertThat(get(server, "")).contains("<html");
            return sales;
        }
    }

    private static String get(URI server, String path) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyNameIsOneThatTheTemplateGives(String command) throws IOException {
        String template = Files.readString(TEMPLATE).replace("${Suffix}", "blee");

        assertThat(NAMED.matcher(command).results().map(MatchResult::group))
                .allSatisfy(name -> assertThat(template).containsPattern("(Name: !Sub '|table/)%s'".formatted(name)));
    }

    @ParameterizedTest
    @MethodSource("stackCommands")
    void theStackIsOne(String command) {
        assertThat(GuideBlock.words(command)).containsSequence("--stack-name", "convenience-store");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void theStackIsTheTemplates(String command) throws IOException {
        List<String> words = GuideBlock.words(command);
        Path file = Path.of("..").resolve(words.get(words.indexOf("--template-file") + 1));
        assertThat(Files.isSameFile(file, TEMPLATE)).isTrue();
        List<String> given = words.subList(words.indexOf("--parameter-overrides") + 1, words.size());
        assertThat(given).isNotEmpty().allSatisfy(AwsGuideIT::isAccepted);
    }

    private static void isAccepted(String parameter) throws IOException {
        MatchResult pair = PARAMETER.matcher(parameter).results().findFirst().orElseThrow();
        String parameters = Files.readString(TEMPLATE).split("\nParameters:\n|\nConditions:\n", -1)[1];
        Map<?, ?> described =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString("Parameters:\n" + parameters);
        Map<?, ?> known = (Map<?, ?>) ((Map<?, ?>) described.get("Parameters")).get(pair.group(1));
        assertThat(known).as("parameter %s", pair.group(1)).isNotNull();
        assertThat(pair.group(2)).matches((String) known.get("AllowedPattern"));
    }
}
