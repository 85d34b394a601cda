package io.tributary.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands as a user runs them: what they print where, and their exit codes. */
class TributaryIT {
    private static final String GOOD = """
            {"tr_date":"2015-01-02","tr_time":"20","store_cd":"1","store_name":"\\uac00\\uac8c","pos_num":"1",\
            "receipt_num":"7","product_cd":"0880","qty":%s,"mount":%s,"division_name":"담배","tr_datetime":\
            "2015-01-02T20:45:22","event_time":"2023-09-07T04:33:10.472585"}
            """;

    @TempDir
    private static Path data;

    @TempDir
    private Path work;

    private String out = "";
    private String err = "";

    @BeforeAll
    static void generate() {
        assertThat(Captured.run("generate", "--orders", "3000", "--seed", "9", "--out", data.toString())
                        .code())
                .isZero();
    }

    private int run(String... arguments) {
        Captured captured = Captured.run(arguments);
        out = captured.out();
        err = captured.err();
        return captured.code();
    }

    private String orders() {
        return data.resolve("orders.ndjson").toString();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(work.resolve(name), text).toString();
    }

    @Test
    void generatesTheSameBytesFromTheSameSeed() throws IOException {
        assertThat(run("generate", "--orders", "3000", "--seed", "9", "--out", work.toString()))
                .isZero();

        for (String name : List.of("products.csv", "orders.csv", "orders.ndjson")) {
            assertThat(work.resolve(name)).hasSameBinaryContentAs(data.resolve(name));
        }
        assertThat(out).isEmpty();
        assertThat(err).contains("wrote 5,446 products and 3,000 orders of 1 store(s)");
    }

    private static Set<String> commands() {
        return new CommandLine(Tributary.class).getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpsWithEveryCommand(String command) {
        assertThat(run(command, "--help")).isZero();

        assertThat(out).startsWith("Usage: tributary " + command).contains("--verbose");
        assertThat(err).isEmpty();
    }

    @Test
    void listsTheViews() {
        assertThat(run("views")).isZero();

        assertThat(out.lines()).hasSize(14).anyMatch(line -> line.startsWith("today-sales") && line.contains("lab4"));
    }

    @ParameterizedTest
    @CsvSource({"lab3, csv", "lab4, json", "cumulative-daily-sales, csv", "lab8-no-tobacco, table", "trading-hours, csv"
    })
    void givesTheSameAnswerFromEveryLayer(String view, String format) {
        assertThat(run("view", view, "--orders", orders(), "--layer", "speed", "--format", format))
                .isZero();
        String speed = out;
        assertThat(run("view", view, "--orders", orders(), "--layer", "batch", "--format", format))
                .isZero();
        String batch = out;
        assertThat(run("view", view, "--orders", orders(), "--cut", "2023-09-08T01", "--format", format))
                .isZero();

        assertThat(out).isNotEmpty().isEqualTo(speed).isEqualTo(batch);
        assertThat(err)
                .contains("read 3000 = accepted 3000 + rejected 0", "complete: batch before 2023-09-08T01:00:00Z");
    }

    @Test
    void printsTheColumnsOfTheWorkshopsSql() {
        assertThat(run("view", "lab8", "--orders", orders(), "--layer", "batch", "--format", "csv"))
                .isZero();

        assertThat(out.lines().findFirst()).contains("window_start,window_end,division_name,mount,cnt,rownum");
    }

    @Test
    void sortsHoursAsNumbers() {
        assertThat(run("view", "trading-hours", "--orders", orders(), "--layer", "batch", "--format", "csv"))
                .isZero();

        List<Integer> hours = out.lines()
                .filter(line -> line.startsWith("2015-01-02,"))
                .map(line -> Integer.valueOf(line.split(",", -1)[1]))
                .toList();
        assertThat(hours).hasSizeGreaterThan(5).isSorted();
    }

    @Test
    void rejectsBadLinesWithTheirReasonAndCountsThem() throws IOException {
        String file = file(
                "mixed.ndjson",
                GOOD.formatted("1", "1000.0")
                        + GOOD.formatted("-1", "-250.5")
                        + "{\"tr_date\": \n"
                        + GOOD.formatted("1", "NaN")
                        + GOOD.formatted("1", "1e30")
                        + GOOD.formatted("\"two\"", "1.0")
                        + "{}\n"
                        + GOOD.formatted("1", "1.0").substring(0, 40));

        assertThat(run("view", "lab2", "--orders", file, "--layer", "batch", "--format", "csv"))
                .isZero();

        assertThat(out).isEqualToNormalizingNewlines("division_name,cnt_of_sales,sum_of_sales\n담배,2,749.5\n");
        assertThat(err)
                .contains(
                        "read 8 = accepted 2 + rejected 6", "line 4: mount: NaN", "line 5: mount: 1e30", "line 6: qty");
    }

    @Test
    void saysInOneLineWhyItCannotAnswer() throws IOException {
        assertFails("it is empty", "view", "lab2", "--orders", file("empty.ndjson", ""), "--layer", "batch");
        assertFails(
                "none of its lines could be used",
                "view",
                "lab2",
                "--orders",
                file("bad.ndjson", "{}\n"),
                "--layer",
                "batch");
        assertFails(
                "missing.ndjson", "view", "lab2", "--orders", work.resolve("missing.ndjson") + "", "--layer", "batch");
        assertFails("there is no such directory", "query", "daily", "--lake", work.resolve("none") + "");
        assertFails("it has no partitions", "query", "daily", "--lake", work + "");
        assertFails("it is a file", "generate", "--orders", "5", "--out", file("file", ""));
    }

    private void assertFails(String reason, String... arguments) {
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(out).isEmpty();
        List<String> lines =
                err.lines().filter(line -> line.startsWith("tributary: ")).toList();
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("tributary: Cannot ")
                .contains(reason);
        assertThat(err).doesNotContain("\tat ");
    }

    @Test
    void showsTheStackTraceWhenAsked() {
        assertThat(run("query", "daily", "--lake", work.resolve("none") + "", "--verbose"))
                .isEqualTo(1);

        assertThat(err).contains("\tat io.tributary.examples.command.QueryCommand");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "view nosuch --orders f | Invalid view: nosuch (must be one of [division-sales,",
                "view lab2 --orders f --cut 2023-09-07 | Invalid value for option '--cut': 2023-09-07 (must be an hour as yyyy-MM-ddTHH",
                "view lab2 --orders f --cut 2023-02-30T00 | Invalid value for option '--cut': 2023-02-30T00",
                "view lab2 --orders f --layer fast | Invalid value for option '--layer'",
                "view lab2 | Missing required option: '--orders=FILE.ndjson'",
                "query weekly --lake d | weekly",
                "generate --orders 0 --out d | Invalid order count: 0 (must be 1 to 100000000",
                "lab 9 | Invalid lab: 9 (must be one of [1, 2, 3, 4, 5, 6, 6-to-files, 7, 8, 8-no-tobacco])",
                "lab 8 --rows 0 | Invalid value for option '--rows': 0 (must be at least 1)",
                "lab 6 --sql --out d | Cannot use --out with lab 6",
                "lab 2 --count 0 | Invalid order count: 0",
                "watch nosuch | Invalid view: nosuch",
                "watch lab2 --speed 0 | Invalid value for option '--speed': 0.0 (must be from 1 to 1,000,000)",
                "demo --port 70000 | Invalid port: 70000 (must be from 0 to 65535)",
                "generate-orders --dynamodb-table-name t --stream-name s --metrics-port -1 | Invalid port: -1 (must be",
                "notebook 3 --stream-name a/b | Invalid stream: a/b",
                "nosuch | nosuch",
            })
    void refusesWrongUsage(String line, String reason) {
        assertThat(run(line.strip().split(" ", -1))).isEqualTo(2);

        assertThat(out).isEmpty();
        assertThat(err.lines()).hasSize(2);
        assertThat(err).startsWith("tributary: ").contains(reason, "--help'.");
    }

    @Test
    void ingestsAndQueriesALakeTwice() throws IOException {
        Path lake = work.resolve("lake");
        String bad = "2015-01-02,25,1,x,1,1,0880,1,10.0,2015-01-02T20:45:22\n"
                + "2015-01-02,20,1,x,1,1,nope,1,10.0,2015-01-02T20:45:22\n";
        String some = file("orders.csv", Files.readString(data.resolve("orders.csv")) + bad);
        String[] ingest = {
            "ingest", "--orders", some, "--products", data.resolve("products.csv") + "", "--lake", lake + ""
        };

        assertThat(run(ingest)).isZero();
        assertThat(err).contains("read 3002 = accepted 3000 + rejected 2");
        assertThat(run("query", "category", "--lake", lake + "", "--format", "csv"))
                .isZero();
        String once = out;
        assertThat(run(ingest)).isZero();
        assertThat(run("query", "category", "--lake", lake + "", "--format", "csv"))
                .isZero();

        assertThat(total(out, 3)).isEqualTo(2 * total(once, 3)).isEqualTo(6_000);
        assertThat(lake.resolve("data/stream_error_data")).isDirectory();
    }

    private static long total(String csv, int column) throws IOException {
        long total = 0;
        try (var rows = de.siegmar.fastcsv.reader.CsvReader.builder()
                .skipEmptyLines(true)
                .ofCsvRecord(csv)) {
            for (var row : rows) {
                total += row.getField(column).startsWith("cnt") ? 0 : Long.parseLong(row.getField(column));
            }
        }
        return total;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsOfALakeWithATornOrMissingManifest(boolean torn) throws IOException {
        Path lake = work.resolve("lake");
        assertThat(run(
                        "ingest",
                        "--orders",
                        data.resolve("orders.csv") + "",
                        "--products",
                        data.resolve("products.csv") + "",
                        "--lake",
                        lake + ""))
                .isZero();
        Path manifest;
        try (var files = Files.walk(lake)) {
            manifest =
                    files.filter(file -> file.endsWith("_SUCCESS")).findFirst().orElseThrow();
        }
        if (torn) {
            Files.writeString(manifest, Files.readString(manifest).substring(0, 100));
        } else {
            Files.delete(manifest);
        }

        assertThat(run("query", "daily", "--lake", lake + "")).isEqualTo(1);

        assertThat(err).contains("incomplete", "missing [data/stream_data/year=", torn ? "torn" : "not sealed");
    }

    @Test
    void failsWhenItsOutputIsFull() throws IOException {
        try (PrintStream full = new PrintStream(new FileOutputStream("/dev/full"), false, StandardCharsets.UTF_8)) {
            Captured captured = Captured.runInto(full, "views");

            assertThat(captured.code()).isEqualTo(1);
            assertThat(captured.err()).contains("Cannot write to standard output");
        }
    }

    @Test
    void runsTheDemoUntilDone() {
        assertThat(run("demo", "--orders", "4000", "--until-done")).isZero();

        assertThat(out)
                .contains("lab1", "lab2 — division-sales", "lab8-no-tobacco", "ad hoc — category-sales")
                .contains("orders: read 4000 = accepted 4000 + rejected 0", "answers: 77 right, 0 wrong");
    }
}
