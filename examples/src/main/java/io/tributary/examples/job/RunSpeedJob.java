package io.tributary.examples.job;

import io.tributary.examples.option.AwsOptions;
import io.tributary.examples.option.IsoDuration;
import io.tributary.examples.option.IsoInstant;
import io.tributary.examples.option.LibraryOptions;
import io.tributary.examples.option.Sections;
import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.examples.pipeline.JobFailure;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailLake;
import io.tributary.serving.dynamo.DynamoOptions;
import io.tributary.serving.dynamo.DynamoSpeedStore;
import io.tributary.speed.Forgotten;
import io.tributary.speed.IngestOptions;
import io.tributary.speed.LakeSinkOptions;
import io.tributary.speed.Lateness;
import io.tributary.speed.LaterSeals;
import io.tributary.speed.SpeedLayer;
import io.tributary.speed.SpeedOptions;
import io.tributary.speed.kinesis.KinesisRecord;
import io.tributary.speed.kinesis.KinesisSource;
import io.tributary.speed.kinesis.StartPosition;
import io.tributary.view.SpeedStore;
import io.tributary.view.View;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The speed layer as a job: see {@code --help}. Runs by itself in a process, or where {@code flink run} and
 * Amazon's managed Flink send it; the latter hands over the options as runtime properties, in the group
 * {@code tributary} and without their dashes.
 */
@Command(
        name = "run-speed-job",
        description = {
            "Read orders from a Kinesis stream, deliver them to a lake, and aggregate them into a DynamoDB table.",
            "Each order is given its partition on arrival; the lake and the table commit with the same checkpoint. Runs"
                    + " until it is stopped, in this process unless a Flink cluster runs it.",
            "For services at several endpoints set AWS_ENDPOINT_URL_KINESIS, AWS_ENDPOINT_URL_DYNAMODB and"
                    + " -Ds3.endpoint=URL."
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
public final class RunSpeedJob implements Callable<Integer> {
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LibraryOptions library = new LibraryOptions();

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Option(names = "--stream-name", required = true, paramLabel = "S", description = "The stream of the orders.")
    private String stream = "";

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            defaultValue = "trim-horizon",
            description = "Where to begin without a checkpoint: trim-horizon, latest, or an instant such as"
                    + " 2026-01-31T09:00:00Z (default: ${DEFAULT-VALUE}).")
    private String from = "";

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            converter = IsoInstant.class,
            description =
                    "End once all is done that arrived before this instant; what has ended has no state from which"
                            + " another run could go on (default: never).")
    private @Nullable Instant until;

    @Option(
            names = "--lake",
            required = true,
            paramLabel = "URI",
            description = "Where the lake is: s3://BUCKET/ or a directory, file:///DIRECTORY/.")
    private URI lake = URI.create("");

    @Option(
            names = "--layout",
            paramLabel = "TEMPLATE",
            defaultValue = RetailLake.TEMPLATE,
            description = "The partitions of the lake, in Firehose's prefix grammar (default: ${DEFAULT-VALUE}).")
    private String layout = "";

    @Option(
            names = "--speed-table-name",
            required = true,
            paramLabel = "T",
            description = "The DynamoDB table of the speed store; made where it is missing.")
    private String table = "";

    @Option(
            names = "--views",
            paramLabel = "NAME",
            split = ",",
            description = "Views or labs, separated by commas (default: all).")
    private List<String> names = List.of();

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "DURATION",
            converter = IsoDuration.class,
            defaultValue = "PT1M",
            description = "How often the lake and the table are committed (default: ${DEFAULT-VALUE}).")
    private Duration interval = Duration.ZERO;

    @Option(
            names = "--ingest-speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "For rehearsals: let ingest time run N times as fast since 2026, so that partitions end soon"
                    + " (default: ${DEFAULT-VALUE}, the machine's clock). Never lower it for a lake that exists.")
    private int speed = 1;

    @Option(
            names = "--state",
            paramLabel = "URI",
            description = "Where checkpoints are kept; goes on from the newest one there, unless"
                    + " execution.state-recovery.path names another state. Without it a job that is started again"
                    + " in this process begins anew, and orders that it reads again are counted again.")
    private @Nullable URI state;

    @Option(
            names = "--deduplicate",
            paramLabel = "DURATION",
            converter = IsoDuration.class,
            description =
                    "Drop orders that the stream has twice, told by their field record_id, which is remembered for"
                            + " this long; best as long as the stream retains records, such as PT24H (default: keep all).")
    private @Nullable Duration deduplication;

    @Option(
            names = "--withdraw-later-seals",
            description = "When started from a savepoint that is older than the newest seal of the lake: withdraw the"
                    + " later seals instead of refusing to start.")
    private boolean withdraw;

    @Option(
            names = "--metric-group",
            paramLabel = "GROUP",
            description = "A group around the metrics of the job, those of the source aside, such as kinesisanalytics,"
                    + " which Amazon's managed Flink publishes to CloudWatch (default: none).")
    private @Nullable String metricGroup;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting of Flink or of its file systems, such as -Dparallelism.default=2,"
                    + " -Dexecution.checkpointing.dir=URI or -Dexecution.state-recovery.path=URI.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Made by the command line. */
    public RunSpeedJob() {}

    public static void main(String[] arguments) throws IOException {
        boolean managed = arguments.length == 0 && Files.exists(RuntimeProperties.FILE);
        run(managed ? RuntimeProperties.asArguments(RuntimeProperties.FILE) : arguments);
    }

    /**
     * Fails by an exception: a cluster that calls this in its own process must not be ended.
     *
     * @throws IllegalStateException that says why
     */
    static void run(String... arguments) {
        AtomicReference<@Nullable Exception> cause = new AtomicReference<>();
        CommandLine command = new CommandLine(new RunSpeedJob())
                .setParameterExceptionHandler((wrong, given) -> {
                    cause.set(wrong);
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    cause.set(failure);
                    return CommandLine.ExitCode.SOFTWARE;
                });
        command.execute(arguments);
        Exception failure = cause.get();
        if (failure != null) {
            throw new IllegalStateException("Cannot run the speed job: " + failure.getMessage(), failure);
        }
    }

    @Override
    public Integer call() throws Exception {
        Configuration configuration = Configuration.fromMap(settings);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment given = StreamExecutionEnvironment.getExecutionEnvironment();
        if (given instanceof LocalStreamEnvironment) {
            if (!configuration.contains(RestOptions.BIND_PORT)) {
                configuration.set(RestOptions.BIND_PORT, "0");
            }
            FileSystem.initialize(configuration, null);
        }
        if (metricGroup != null) {
            configuration.set(PipelineOptions.GLOBAL_JOB_PARAMETERS, Map.of(SpeedLayer.METRIC_GROUP, metricGroup));
        }
        SpeedTopology topology = topology();
        RetainedCheckpoints kept = state == null ? null : new RetainedCheckpoints(state.toString());
        if (kept != null) {
            System.err.println(kept.resume(configuration, given.getConfiguration()));
        }
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        topology.build(flink, interval);
        System.err.printf(
                "speed layer: stream %s to lake %s and table %s, committed every %s (stop with Ctrl-C)%n",
                stream, lake, table, interval);
        JobExecutionResult result = execute(flink);
        if (kept != null && until != null && result.isJobExecutionResult()) {
            kept.end(until);
        }
        return CommandLine.ExitCode.OK;
    }

    private JobExecutionResult execute(StreamExecutionEnvironment flink) throws Exception {
        try {
            return flink.execute("speed layer of " + stream);
        } catch (JobExecutionException e) {
            throw new IllegalStateException(JobFailure.reason(e), e);
        }
    }

    /** What the options describe; makes the table of the speed store where it is missing. */
    private SpeedTopology topology() throws IOException {
        DynamoOptions patience = library.get(Sections.STORE);
        LakeSinkOptions delivery = library.get(Sections.DELIVERY);
        SpeedOptions speedOptions = library.get(Sections.SPEED);
        IngestOptions ingest = library.get(Sections.INGEST);
        List<String> problems = new ArrayList<>();
        PartitionLayout partitions = parsed(problems, () -> PartitionLayout.parse(layout));
        StartPosition start = parsed(problems, this::startPosition);
        InstantSource clock = parsed(problems, () -> new RehearsalClock(speed));
        AwsClients clients = new AwsClients(aws.region().name(), aws.endpoint());
        KinesisSource<KinesisRecord> orders = parsed(problems, () -> KinesisSource.of(stream));
        SpeedStore.Factory slices = parsed(problems, () -> DynamoSpeedStore.factory(clients, table, patience));
        List<View<EnrichedOrder>> views = views(problems);
        if (!lake.isAbsolute()) {
            problems.add("Invalid --lake: '%s' (must be as s3://bucket/ or file:///directory/)".formatted(lake));
        }
        if (interval.toMillis() < SHORTEST_INTERVAL.toMillis()) {
            problems.add(
                    "Invalid --checkpoint-interval: %s (must be at least %s)".formatted(interval, SHORTEST_INTERVAL));
        }
        if (deduplication != null && deduplication.toMillis() < 1) {
            problems.add("Invalid --deduplicate: %s (must be at least PT0.001S)".formatted(deduplication));
        }
        if (!(speedOptions.lateness() instanceof Lateness.Drop)) {
            problems.add(
                    "Invalid speed.lateness: %s (must be drop here: each window of the summary is written once, and nobody reads what comes later)"
                            .formatted(speedOptions.lateness()));
        }
        if (ingest.forgotten() == Forgotten.SIDE_OUTPUT) {
            problems.add(
                    "Invalid ingest.forgotten: side-output (must be drop or fail here: nobody reads a side output)");
        }
        if (partitions == null
                || start == null
                || clock == null
                || orders == null
                || slices == null
                || !problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("; ", problems));
        }
        try (DynamoDbClient client = aws.connect(AwsClients.dynamo());
                DynamoSpeedStore store = DynamoSpeedStore.open(client, table, patience)) {
            store.createTable();
        }
        KinesisSource<KinesisRecord> source = orders.from(start).with(clients.kinesis(library.get(Sections.KINESIS)));
        return new SpeedTopology(
                until == null ? source : source.until(until),
                lake.toString(),
                partitions,
                withdraw ? delivery.withLaterSeals(LaterSeals.WITHDRAW) : delivery,
                deduplication,
                slices,
                views,
                speedOptions,
                ingest,
                clock);
    }

    private static <T> @Nullable T parsed(List<String> problems, Supplier<T> parsing) {
        try {
            return parsing.get();
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private StartPosition startPosition() {
        return switch (from.toLowerCase(Locale.ROOT)) {
            case "trim-horizon" -> StartPosition.trimHorizon();
            case "latest" -> StartPosition.latest();
            default -> {
                try {
                    yield StartPosition.at(Instant.parse(from));
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException(
                            "Invalid --from: %s (must be trim-horizon, latest, or as 2026-01-31T09:00:00Z)"
                                    .formatted(from),
                            e);
                }
            }
        };
    }

    List<View<EnrichedOrder>> views(List<String> problems) {
        if (names.isEmpty()) {
            return DashboardViews.all();
        }
        List<View<EnrichedOrder>> views = new ArrayList<>();
        for (String name : names) {
            DashboardViews.find(name)
                    .ifPresentOrElse(
                            views::add,
                            () -> problems.add("Invalid --views: %s (must be of %s)"
                                    .formatted(
                                            name,
                                            DashboardViews.all().stream()
                                                    .map(View::name)
                                                    .toList())));
        }
        return views.stream().distinct().toList();
    }
}
