package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.BatchViews;
import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import io.tributary.retail.RetailViews;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import io.tributary.serving.SpeedWrites;
import io.tributary.serving.http.HttpOptions;
import io.tributary.serving.http.ViewServer;
import io.tributary.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch views of a local lake as a user builds and checks them. */
class BatchCommandIT {
    @TempDir
    private Path root;

    private String out = "";
    private String err = "";

    @BeforeEach
    void fill() throws IOException {
        LocalLake<EnrichedOrder> lake = LocalLake.at(root, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            for (EnrichedOrder order : new RandomOrders(5, 3).list(300)) {
                writer.write(order, order.eventTime());
            }
            for (int i = 0; i < 3; i++) {
                writer.seal(partition(i));
            }
        }
    }

    private static Partition partition(int index) {
        return RetailLake.LAYOUT.partitionOf(RandomOrders.partition(index));
    }

    private int run(String line) {
        Captured captured = Captured.run(line.replace("LAKE", root.toString()).split(" ", -1));
        out = captured.out();
        err = captured.err();
        return captured.code();
    }

    private Path snapshot(String view) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("batch_views").resolve(view))) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    @Test
    void refreshesToTheBytesOfARebuild() throws IOException {
        assertThat(run("batch refresh --lake LAKE --cut 2023-09-07T05")).as(err).isZero();
        assertThat(out).contains("hourly-sales", "built").doesNotContain("refreshed");
        assertThat(run("batch refresh --lake LAKE")).as(err).isZero();
        assertThat(out.lines().skip(2))
                .hasSize(DashboardViews.all().size())
                .allMatch(line -> line.contains("refreshed  2      2023-09-07T07:00:00Z"));
        byte[] refreshed = Files.readAllBytes(snapshot("hourly-sales"));
        assertThat(run("batch rebuild lab5 --lake LAKE")).as(err).isZero();
        assertThat(snapshot("hourly-sales").getFileName().toString()).startsWith("000000000003-");
        assertThat(Files.readAllBytes(snapshot("hourly-sales"))).isEqualTo(refreshed);
        assertThat(run("reconcile --lake LAKE")).as(err).isZero();
        assertThat(out.lines()).hasSize(2 + DashboardViews.all().size());
    }

    @Test
    void snapshotsAreThoseOfTheLakeWhenItIsCompactedBetween() throws IOException {
        assertThat(run("batch refresh --lake LAKE --cut 2023-09-07T05")).as(err).isZero();
        assertThat(run("compact --lake LAKE --from 2023-09-07T04 --to 2023-09-07T06"))
                .as(err)
                .isZero();
        assertThat(err).contains("2 partitions compacted in ", ", 0 were already, 0 bytes of JSON lines expired");
        assertThat(run("compact --lake LAKE --expire-after PT0S")).as(err).isZero();
        assertThat(err)
                .contains("1 partitions compacted in ", ", 2 were already, ")
                .doesNotContain(" 0 bytes of");
        assertThat(out).contains("records");
        try (Stream<Path> files = Files.walk(root.resolve("data/stream_data"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(3).allMatch(file -> file.endsWith("_SUCCESS"));
        }
        assertThat(run("batch refresh --lake LAKE")).as(err).isZero();
        byte[] refreshed = Files.readAllBytes(snapshot("hourly-sales"));
        assertThat(run("batch rebuild lab5 --lake LAKE")).as(err).isZero();
        assertThat(Files.readAllBytes(snapshot("hourly-sales"))).isEqualTo(refreshed);
        assertThat(run("reconcile --lake LAKE")).as(err).isZero();
        assertThat(run("query daily --lake LAKE")).as(err).isZero();
        assertThat(run("compact --lake LAKE --to 2023-09-07T08")).isEqualTo(1);
        assertThat(err).contains("missing ", "it is not sealed yet");
        assertThat(run("compact --lake LAKE --expire-after P-1")).isEqualTo(2);
        assertThat(run("batch refresh --lake LAKE --views s3://bucket/views/")).isEqualTo(2);
        assertThat(err).contains("Invalid --views: s3://bucket/views/ (must be a directory, as --lake is one)");
    }

    @Test
    void reconcileFindsWhatDiffers() throws IOException {
        assertThat(run("reconcile lab2 --lake LAKE")).isEqualTo(1);
        assertThat(err).contains("Cannot reconcile view division-sales: it has no snapshot");
        assertThat(run("batch refresh lab2 --lake LAKE")).isZero();
        // The last partition is sealed anew with an order more in it.
        Path directory = root.resolve(partition(2).path());
        Files.delete(directory.resolve("_SUCCESS"));
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.toList();
        }
        String line = Files.readAllLines(files.get(0)).get(0) + "\n";
        Files.writeString(directory.resolve("more.json"), line);
        LocalLake.at(root, RetailLake.LAYOUT, EnrichedOrder.SCHEMA).seal(partition(2));
        assertThat(run("reconcile lab2 --lake LAKE")).isEqualTo(1);
        assertThat(out.lines().skip(2).findFirst().orElseThrow())
                .containsPattern("division-sales +2023-09-07T07:00:00Z +[0-9]+ +1 +0 +0 +same");
        assertThat(err).contains("division-sales: slice [0, ", "(should be [");
        assertThat(run("batch refresh lab2 --lake LAKE")).isEqualTo(1);
        assertThat(err).contains("are no longer sealed as they were when it was built (rebuild it)");
        assertThat(run("batch rebuild lab2 --lake LAKE")).isZero();
        assertThat(run("reconcile lab2 --lake LAKE")).isZero();
    }

    @Test
    void reconcilesWhatAServerAnswers() throws IOException {
        LocalLake<EnrichedOrder> lake = LocalLake.at(root, RetailLake.LAYOUT, EnrichedOrder.SCHEMA);
        InMemorySpeedStore store = InMemorySpeedStore.create();
        List<EnrichedOrder> last = new RandomOrders(5, 3)
                .list(300).stream()
                        .filter(order -> RandomOrders.partitionOf(order).equals(RandomOrders.partition(2)))
                        .toList();
        List<LambdaView<EnrichedOrder>> views = new ArrayList<>();
        try (DuckDbEngine engine = DuckDbEngine.start()) {
            // The last of three partitions comes from the speed store.
            for (View<EnrichedOrder> view : DashboardViews.all()) {
                views.add(
                        LambdaView.of(view, BatchViews.on(engine, lake).build(view, RandomOrders.partition(2)), store));
                SpeedWrites.commit(store, view, SpeedWrites.slices(view, last));
            }
        }
        HttpOptions options = HttpOptions.defaults().withPort(0).withRefreshInterval(Duration.ofMillis(20));
        try (ViewServer server = ViewServer.start(views, options)) {
            String command = "reconcile --lake LAKE --served " + server.uri();
            assertThat(run(command)).as(err).isZero();
            assertThat(out.lines().skip(2))
                    .hasSize(DashboardViews.all().size())
                    .allMatch(line -> line.matches(".* +2023-09-07T07:00:00Z +[1-9][0-9]* +0 +0 +0 +same *"), out);

            SpeedWrites.commit(
                    store,
                    RetailViews.TODAY_SALES,
                    SpeedWrites.slices(RetailViews.TODAY_SALES, last.subList(1, last.size())));
            assertThat(run(command)).isEqualTo(1);
            assertThat(err).contains("today-sales: row []: [", "(should be [");

            EnrichedOrder next = new RandomOrders(6, 4)
                    .list(100).stream()
                            .filter(order -> RandomOrders.partitionOf(order).equals(RandomOrders.partition(3)))
                            .findFirst()
                            .orElseThrow();
            SpeedWrites.commit(
                    store,
                    RetailViews.TODAY_SALES,
                    SpeedWrites.slices(
                            RetailViews.TODAY_SALES,
                            Stream.concat(last.stream(), Stream.of(next)).toList()));
            assertThat(run("reconcile lab4 --lake LAKE --served " + server.uri()))
                    .isEqualTo(1);
            assertThat(err)
                    .contains(
                            "it has records of 2023-09-07T07:00:00Z or later, and the lake is sealed up to 2023-09-07T07:00:00Z");
        }
        assertThat(run("reconcile lab4 --lake LAKE --served http://127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(err).contains("Cannot reach http://127.0.0.1:1/ (start it with 'serve')");
    }

    @Test
    void tellsOfHolesAndOfTornSnapshots() throws IOException {
        Files.delete(root.resolve(partition(1).path()).resolve("_SUCCESS"));
        assertThat(run("batch refresh lab2 --lake LAKE")).isEqualTo(1);
        assertThat(err).contains("missing " + partition(1).path() + ": it is not sealed");
        assertThat(run("batch seal 2023-09-07T05 --lake LAKE")).as(err).isZero();
        assertThat(err).contains("sealed " + partition(1) + ": ");
        assertThat(run("batch seal 2022-09-07T05 --lake LAKE")).isEqualTo(1);
        assertThat(err).contains("no file is there (check the hour)");
        assertThat(run("batch seal 2999-09-07T05 --lake LAKE")).isEqualTo(2);
        assertThat(err).contains("it lasts until 2999-09-07T06:00:00Z (wait until then)");
        assertThat(run("reconcile lab2 --lake LAKE")).isEqualTo(1);
        assertThat(run("batch refresh lab2 --lake LAKE")).as(err).isZero();
        assertThat(run("reconcile lab2 --lake LAKE")).as(err).isZero();
        Files.writeString(snapshot("division-sales"), "{");
        assertThat(run("reconcile lab2 --lake LAKE")).isEqualTo(1);
        assertThat(err).contains("Cannot read the snapshot ", "it is not as it was published (rebuild it)");
        assertThat(run("batch rebuild lab2 --lake LAKE")).isZero();
        Files.writeString(root.resolve("batch_views/division-sales/head.json"), "{");
        assertThat(run("batch rebuild lab2 --lake LAKE")).isEqualTo(1);
        assertThat(run("batch rebuild lab2 --lake LAKE --anew")).as(err).isZero();
    }

    @Test
    void refusesWrongUsage() {
        assertThat(run("batch refresh")).isEqualTo(2);
        assertThat(err).contains("no lake is given (give --lake for a local lake");
        assertThat(run("batch refresh --lake LAKE --database d")).isEqualTo(2);
        assertThat(err).contains("two lakes are given");
        assertThat(run("batch")).isEqualTo(2);
        assertThat(run("batch refresh nosuch --lake LAKE")).isEqualTo(2);
        assertThat(err).contains("Invalid view: nosuch (must be one of [division-sales,");
    }
}
