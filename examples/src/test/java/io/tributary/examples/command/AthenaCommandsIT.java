package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.server.AthenaLake;
import io.tributary.batch.server.S3Server;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The commands on Athena as a user runs them one after the other, over its protocol; DuckDB answers beside it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AthenaCommandsIT {
    private static final Map<String, String> CREDENTIALS =
            Map.of("aws.accessKeyId", "some-id", "aws.secretAccessKey", "some-secret");
    private static final int PARTITIONS = 4;
    private static final List<String> VIEWS = List.of("cumulative-daily-sales", "hourly-top3-divisions", "daily-sales");
    private static final String LOCATION = "s3://%s/commands".formatted(S3Server.BUCKET);

    @TempDir
    private static Path root;

    private static AthenaLake servers;

    private String out = "";
    private String err = "";

    @BeforeAll
    static void start() throws IOException {
        CREDENTIALS.forEach(System::setProperty);
        servers = AthenaLake.started();
        LocalLake<EnrichedOrder> lake = LocalLake.at(root, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            for (EnrichedOrder order : new RandomOrders(21, PARTITIONS).list(600)) {
                writer.write(order, order.eventTime());
            }
            for (int i = 0; i < PARTITIONS; i++) {
                writer.seal(partition(i));
            }
        }
        servers.upload(root, "commands/");
    }

    @AfterAll
    static void stop() {
        CREDENTIALS.keySet().forEach(System::clearProperty);
    }

    private static Partition partition(int index) {
        return RetailLake.LAYOUT.partitionOf(RandomOrders.partition(index));
    }

    private int run(String... arguments) {
        Captured captured = Captured.run(arguments);
        out = captured.out();
        err = captured.err();
        assertThat(out + err).doesNotContain("some-secret");
        return captured.code();
    }

    private int onAthena(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
        arguments.addAll(List.of("--region-name", "ap-northeast-2", "--database", "shop"));
        arguments.addAll(List.of("--endpoint-url", servers.athena().endpoint().toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int onLake(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--location",
                LOCATION,
                "--s3-endpoint-url",
                servers.s3Endpoint().toString()));
        arguments.addAll(List.of(more));
        return onAthena(command, arguments.toArray(String[]::new));
    }

    @Test
    @Order(1)
    void createsTheTableOverWhatLiesInTheBucket() {
        assertThat(onLake("create-table", "--create-database")).as(err).isZero();
        assertThat(err)
                .contains("shop.transaction_order at " + LOCATION + "/data/stream_data: created", "4 partitions");
        assertThat(out.lines()).hasSize(PARTITIONS).first().asString().isEqualTo("year=2023/month=9/day=7/hour=4");

        assertThat(onLake("create-table")).isEqualTo(1);
        assertThat(err)
                .startsWith("tributary: Cannot run a query on Athena: query ")
                .contains("already exists");
        assertThat(onLake("create-table", "--if-not-exists")).as(err).isZero();
        assertThat(onLake("create-table", "--replace", "--partitions", "add"))
                .as(err)
                .isZero();
        assertThat(out.lines()).hasSize(PARTITIONS);
        assertThat(onLake("create-table", "--table", "projected", "--partitions", "projection"))
                .as(err)
                .isZero();
        assertThat(out).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"daily, projected", "hourly, transaction_order", "category, transaction_order"})
    @Order(2)
    void answersTheAdHocQueriesAsDuckDbDoes(String query, String table) {
        assertThat(run("query", query, "--lake", root.toString(), "--format", "csv"))
                .isZero();
        String expected = out;
        assertThat(onAthena("run-query " + query, "--table", table, "--format", "csv"))
                .as(err)
                .isZero();
        assertThat(out).isEqualTo(expected);
        assertThat(err).containsPattern("\\d+ rows; query [0-9a-f-]{36} scanned [1-9][0-9,]* bytes");
    }

    @Test
    @Order(2)
    void aSealNeedsNoCatalogue() {
        String directory = partition(3).path();
        String manifest = "unsealed/" + directory + "_SUCCESS";
        servers.upload(root.resolve(directory), "unsealed/" + directory);
        servers.s3().deleteObject(request -> request.bucket(S3Server.BUCKET).key(manifest));
        List<String> seal = new ArrayList<>(List.of("batch", "seal", "2023-09-07T07", "--location"));
        seal.add("s3://%s/unsealed".formatted(S3Server.BUCKET));
        seal.addAll(List.of("--region-name", "ap-northeast-2"));
        seal.addAll(List.of("--s3-endpoint-url", servers.s3Endpoint().toString()));
        assertThat(run(seal.toArray(String[]::new))).as(err).isZero();
        assertThat(err).contains("sealed " + partition(3) + ": ");
        assertThat(servers.s3()
                        .getObjectAsBytes(
                                request -> request.bucket(S3Server.BUCKET).key(manifest))
                        .asUtf8String())
                .contains(directory);
    }

    @Test
    @Order(3)
    void runsAnyStatement() {
        String sql = "select count(*) n, 'a,\"b' t from transaction_order;";
        List<String> arguments = new ArrayList<>(List.of("run-query", sql, "--region-name", "ap-northeast-2"));
        arguments.addAll(List.of(
                "--database",
                "shop",
                "--endpoint-url",
                servers.athena().endpoint().toString(),
                "--format",
                "json"));
        assertThat(run(arguments.toArray(String[]::new))).as(err).isZero();
        assertThat(out.replaceAll("\\s", "")).isEqualTo("[{\"n\":\"600\",\"t\":\"a,\\\"b\"}]");
        assertThat(onAthena("run-query weekly")).isEqualTo(2);
        assertThat(err).contains("Invalid query: weekly (must be daily, hourly or category, or a statement in quotes)");
    }

    @Test
    @Order(4)
    void buildsRefreshesAndReconcilesBatchViews() {
        assertThat(onLake("build-batch-views lab6 lab8 daily-sales", "--cut", "2023-09-07T06"))
                .as(err)
                .isZero();
        assertThat(out.lines()).hasSize(2 + VIEWS.size());
        assertThat(err).containsPattern("3 views published, [1-9][0-9,]* bytes scanned");

        assertThat(onLake("batch refresh lab6 lab8 daily-sales")).as(err).isZero();
        assertThat(out).contains("refreshed  2      2023-09-07T08:00:00Z").doesNotContain("built");
        List<String> refreshed = snapshots();
        assertThat(onLake("batch rebuild lab6 lab8 daily-sales")).as(err).isZero();
        assertThat(out).contains("built  3      2023-09-07T08:00:00Z");
        assertThat(snapshots()).isEqualTo(refreshed);
        assertThat(onLake("reconcile lab8")).as(err).isZero();
        assertThat(out).containsPattern("hourly-top3-divisions +2023-09-07T08:00:00Z +[1-9][0-9]* +0 +0 +0 +same");

        assertThat(onLake("batch refresh lab8", "--cut", "2023-09-07T07")).isEqualTo(1);
        assertThat(err).contains("Invalid cut: 2023-09-07T07:00:00Z");
        assertThat(onLake("batch rebuild lab8", "--max-scanned-bytes", "10")).isEqualTo(1);
        assertThat(err).contains("it would read ", "the limit is 10");
    }

    @Test
    @Order(5)
    void compactsTheLakeByEitherEngineAndReadsTheCopies() {
        List<String> before = snapshots();
        assertThat(onLake("compact", "--to", "2023-09-07T06")).as(err).isZero();
        assertThat(err).contains("2 partitions compacted in ", ", 0 were already, 0 bytes of JSON lines expired");
        List<String> byDuckDb = new ArrayList<>(List.of("compact", "--region-name", "ap-northeast-2"));
        byDuckDb.addAll(List.of("--location", LOCATION, "--expire-after", "PT0S"));
        byDuckDb.addAll(List.of("--s3-endpoint-url", servers.s3Endpoint().toString()));
        assertThat(run(byDuckDb.toArray(String[]::new))).as(err).isZero();
        assertThat(err)
                .contains("2 partitions compacted in ", ", 2 were already, ")
                .doesNotContain(" 0 bytes of");

        assertThat(onLake("batch rebuild lab6 lab8 daily-sales")).as(err).isZero();
        assertThat(snapshots()).isEqualTo(before);
        assertThat(onLake("reconcile lab8")).as(err).isZero();
        assertThat(run("query", "daily", "--lake", root.toString(), "--format", "csv"))
                .isZero();
        String expected = out;
        assertThat(onAthena("run-query daily", "--table", "transaction_order_parquet", "--format", "csv"))
                .as(err)
                .isZero();
        assertThat(out).isEqualTo(expected);
    }

    @Test
    @Order(6)
    void asksForOneLakeToCompact() {
        assertThat(run("compact")).isEqualTo(2);
        assertThat(err).contains("Invalid options: no lake is given (give --lake for a local lake, ");
        assertThat(onLake("compact", "--lake", root.toString())).isEqualTo(2);
        assertThat(err).contains("Invalid options: two lakes are given ");
    }

    /** The texts of the newest snapshots. */
    private static List<String> snapshots() {
        List<String> texts = new ArrayList<>();
        for (String view : VIEWS) {
            String newest = servers
                    .s3()
                    .listObjectsV2(request ->
                            request.bucket(S3Server.BUCKET).prefix("commands/batch_views/%s/0".formatted(view)))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .max(String::compareTo)
                    .orElseThrow();
            texts.add(servers.s3()
                    .getObjectAsBytes(request -> request.bucket(S3Server.BUCKET).key(newest))
                    .asUtf8String());
        }
        return texts;
    }
}
