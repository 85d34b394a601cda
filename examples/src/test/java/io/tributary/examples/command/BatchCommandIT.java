package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.LocalLake;
import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch views of a local lake as a user builds and checks them. */
class BatchCommandIT {
    @TempDir
    private Path root;

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
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

    @AfterEach
    void restoreStreams() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private static Partition partition(int index) {
        return RetailLake.LAYOUT.partitionOf(RandomOrders.partition(index));
    }

    private int run(String line) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int code = Tributary.run(
                new PrintStream(outBytes, false, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                line.replace("LAKE", root.toString()).split(" ", -1));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
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
    void tellsOfHolesAndOfTornSnapshots() throws IOException {
        Files.delete(root.resolve(partition(1).path()).resolve("_SUCCESS"));
        assertThat(run("batch refresh lab2 --lake LAKE")).isEqualTo(1);
        assertThat(err).contains("missing " + partition(1).path() + ": it is not sealed");
        LocalLake.at(root, RetailLake.LAYOUT, EnrichedOrder.SCHEMA).seal(partition(1));
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
