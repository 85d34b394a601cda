package io.tributary.examples.job;

import static io.tributary.examples.ListedMetric.OF_FLINK;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.aws.KinesisPublisher;
import io.tributary.aws.KinesisStream;
import io.tributary.aws.PublisherOptions;
import io.tributary.aws.WireForm;
import io.tributary.aws.testing.NodeEmulator;
import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.emulator.RequiresNode;
import io.tributary.examples.ListedMetric;
import io.tributary.examples.metrics.Meters;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.serving.http.HttpOptions;
import io.tributary.serving.http.ViewServer;
import io.tributary.speed.EmbeddedFeed;
import io.tributary.speed.IngestOptions;
import io.tributary.speed.LakeSinkOptions;
import io.tributary.speed.Records;
import io.tributary.speed.SpeedLayer;
import io.tributary.speed.SpeedOptions;
import io.tributary.speed.kinesis.KinesisSource;
import io.tributary.view.View;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** METRICS.md against a pipeline that runs: what Flink's reporter for Prometheus and the server's page give out. */
@RequiresNode
@Timeout(300)
class MetricsIT {
    private static final View<EnrichedOrder> VIEW = RetailViews.DAILY_SALES;
    private static final String STREAM = "metrics-it";
    private static final int ORDERS = 40;
    private static final Pattern SAMPLE = Pattern.compile("(\\w*tributary_\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Map<String, String> SETTINGS =
            Map.of("aws.accessKeyId", "some-id", "aws.secretAccessKey", "some-secret", "aws.region", "ap-northeast-2");

    private static final InMemorySpeedStore STORE = InMemorySpeedStore.create();
    private static final EmbeddedFeed<EnrichedOrder> FEED = EmbeddedFeed.open();

    @TempDir
    private static Path lake;

    private static NodeEmulator kinesis;
    private static KinesisAsyncClient client;
    private static KinesisPublisher<EnrichedOrder> publisher;
    private static DuckDbEngine duckDb;
    private static ViewServer server;
    private static JobClient job;
    private static int reporter;

    /** A line of the exposition format. */
    private record Sample(String name, Set<String> labels, double value) {}

    @BeforeAll
    static void start() throws Exception {
        kinesis = NodeEmulator.kinesis();
        SETTINGS.forEach(System::setProperty);
        System.setProperty("aws.endpointUrlKinesis", kinesis.endpoint().toString());
        client = KinesisAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
        client.createStream(request -> request.streamName(STREAM).shardCount(1)).join();
        KinesisStream stream = new KinesisStream(STREAM, client);
        stream.createIfMissing(Duration.ofMinutes(1));
        publisher = KinesisPublisher.to(
                stream, WireForm.identifiedJson(EnrichedOrder.SCHEMA, order -> "key"), PublisherOptions.defaults());
        job = startJob();
        new RandomOrders(7, 2).list(ORDERS).forEach(publisher::publish);
        publisher.flush();
        client.putRecord(request ->
                        request.streamName(STREAM).partitionKey("key").data(SdkBytes.fromUtf8String("no object")))
                .join();

        LocalLake<EnrichedOrder> delivered = LocalLake.at(lake, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        duckDb = DuckDbEngine.start();
        BatchViews<EnrichedOrder> views = BatchViews.on(duckDb, delivered);
        LambdaView<EnrichedOrder> served = LambdaView.of(VIEW, STORE);
        server = ViewServer.start(List.of(served), HttpOptions.defaults().withPort(0));
        Meters.ofBatchLayer(duckDb, views).bindTo(server.meters());
        Meters.ofPublisher(publisher, STREAM).bindTo(server.meters());
        await("sealed_partitions_total", 1);
        await("delivered_records_total", ORDERS + 1);
        served.publish(views.build(VIEW, delivered.newestCut().orElseThrow()));
        text(server.uri().resolve("/api/views/" + VIEW.name()));
    }

    private static JobClient startJob() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString(
                "metrics.reporter.prom.factory.class", "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        reporter = NodeEmulator.freePort();
        configuration.setString("metrics.reporter.prom.port", "" + reporter);
        configuration.setString("rest.bind-port", "0");
        configuration.setString("pipeline.generic-types", "false");
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        new SpeedTopology(
                        KinesisSource.of(STREAM),
                        lake.toUri().toString(),
                        RetailLake.LAYOUT,
                        LakeSinkOptions.defaults(),
                        Duration.ofHours(1),
                        STORE.factory(),
                        List.of(VIEW),
                        SpeedOptions.defaults(),
                        IngestOptions.defaults(),
                        new RehearsalClock(RehearsalClock.MOST))
                .build(flink, Duration.ofMillis(500));
        var unused = SpeedLayer.on(flink.fromSource(
                        FEED.source(), WatermarkStrategy.noWatermarks(), "feed", Records.typeOf(EnrichedOrder.SCHEMA)))
                .view(VIEW)
                .updates()
                .stream()
                .sinkTo(new DiscardingSink<>());
        return flink.executeAsync("metrics");
    }

    @AfterAll
    static void stop() throws Exception {
        job.cancel().get(1, TimeUnit.MINUTES);
        server.close();
        duckDb.close();
        publisher.close();
        client.close();
        kinesis.close();
        SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrlKinesis");
    }

    private static String text(URI uri) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    private static String ofFlink() throws IOException, InterruptedException {
        return text(URI.create("http://localhost:%d/metrics".formatted(reporter)));
    }

    private static String ofServer() throws IOException, InterruptedException {
        return text(server.uri().resolve("/metrics"));
    }

    private static List<Sample> samples(String exposition) {
        return exposition
                .lines()
                .map(SAMPLE::matcher)
                .filter(line -> line.matches())
                .map(line -> new Sample(
                        line.group(1),
                        LABEL.matcher(line.group(2) == null ? "" : line.group(2))
                                .results()
                                .map(label -> label.group(1))
                                .collect(toCollection(TreeSet::new)),
                        Double.parseDouble(line.group(3))))
                .toList();
    }

    /** In all tasks. */
    private static double sum(String name) throws IOException, InterruptedException {
        return samples(ofFlink()).stream()
                .filter(sample -> sample.name().equals(OF_FLINK + "tributary_speed_" + name))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static void await(String name, double least) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (sum(name) < least) {
            assertThat(System.nanoTime()).as("%s in time", name).isLessThan(deadline);
            assertThat(job.getJobStatus().get().isGloballyTerminalState()).isFalse();
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static Set<String> names(String exposition) {
        return samples(exposition).stream().map(Sample::name).collect(toCollection(TreeSet::new));
    }

    @Test
    void whatIsListedIsGivenOutAndNothingElse() throws Exception {
        Set<String> given = names(ofFlink());
        given.addAll(names(ofServer()));

        Set<String> listed = new TreeSet<>();
        ListedMetric.all().forEach(metric -> listed.addAll(metric.series()));
        assertThat(given).isEqualTo(listed);
    }

    @Test
    void typesAndLabelsOfTheServerAreTheListedOnes() throws Exception {
        String exposition = ofServer();
        List<Sample> samples = samples(exposition);
        for (ListedMetric metric : ListedMetric.all()) {
            if (!metric.isOfFlink()) {
                String type = metric.type().equals("timer") ? "summary" : metric.type();
                assertThat(exposition).contains("# TYPE %s %s\n".formatted(metric.name(), type));
                assertThat(samples)
                        .filteredOn(sample -> metric.series().contains(sample.name()))
                        .isNotEmpty()
                        .allSatisfy(sample -> assertThat(sample.labels()).isEqualTo(metric.labels()));
            }
        }
    }

    @Test
    void theyCountWhatHappened() throws Exception {
        assertThat(sum("records_total")).isEqualTo(ORDERS);
        assertThat(sum("rejected_records_total")).isEqualTo(1);
        assertThat(sum("duplicate_records_total")).isZero();
        assertThat(sum("stored_slices_total")).isPositive();
        assertThat(sum("slices")).isPositive();
        assertThat(sum("commits_total")).isPositive();
        assertThat(ofServer())
                .contains(
                        "tributary_publisher_acknowledged_records_total{stream=\"%s\"} %d.0".formatted(STREAM, ORDERS))
                .contains("tributary_serving_complete{view=\"%s\"} 1.0".formatted(VIEW.name()));
    }
}
