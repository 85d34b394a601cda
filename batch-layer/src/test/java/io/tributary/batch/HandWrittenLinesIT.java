package io.tributary.batch;

import static io.tributary.batch.lake.Lakes.HOUR_4;
import static io.tributary.batch.lake.Lakes.HOUR_5;
import static io.tributary.batch.lake.Lakes.HOUR_6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.Lakes;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.QueryException;
import io.tributary.codec.JsonLines;
import io.tributary.codec.RecordReader;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailRecords;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.Measure;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Lines that other senders have written, files that went bad, and what cannot be asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandWrittenLinesIT {
    private static final String LINE = """
            {"tr_date":"2015-01-02","tr_time":"%s","store_cd":"S001","store_name":"강남점","pos_num":"01",\
            "receipt_num":"%s","product_cd":"8801234567890","qty":-2,"mount":%s,"division_name":"%s",\
            "tr_datetime":"2015-01-02T20:45:22","event_time":"2023-09-07T04:33:10.472585"}
            """;

    record Level(int centimetres) {}

    private DuckDbEngine engine;

    @BeforeAll
    void start() {
        engine = DuckDbEngine.start();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private static <R> LocalLake<R> lake(Path root, Schema<R> schema, String lines) throws IOException {
        LocalLake<R> lake = LocalLake.at(root, Lakes.LAYOUT, schema);
        Path directory = root.resolve(Lakes.LAYOUT.path(HOUR_4));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("by-hand"), lines);
        lake.seal(Lakes.LAYOUT.partitionOf(HOUR_4));
        return lake;
    }

    /** Builds the views from the lines and from the records that the codec reads in them. */
    private <R> void check(Path root, Schema<R> schema, List<View<R>> views, String lines) throws IOException {
        LocalLake<R> lake = lake(root, schema, lines);
        List<BatchView> built = BatchViews.on(engine, lake).buildAll(views, HOUR_5);
        for (int i = 0; i < views.size(); i++) {
            Slices<R> expected = views.get(i).slices();
            try (RecordReader<R> reader =
                    JsonLines.of(schema).read(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)))) {
                reader.forEachRemaining(outcome -> expected.add(outcome.orElseThrow()));
            }
            assertThat(built.get(i).slices())
                    .as(views.get(i).name())
                    .containsExactlyInAnyOrderElementsOf(expected.toList());
        }
    }

    @Test
    void whateverTheSpellingItIsTheSameRecord(@TempDir Path root) throws IOException {
        String lines = LINE.formatted("9", "1", "1000.0", "담배")
                + LINE.formatted("09", "2", "1234567890123456.78", "\\ub2f4\\ubc30")
                + LINE.formatted("0", "3", "-9007199254740993.01", "\\ud83c\\udf59")
                + LINE.formatted("00", "4", "1e3", "\\\"mount\\\":5")
                + "\n  \r\n"
                + LINE.formatted("23", "5", "0.1E1", "a\\u001fb\\\\s")
                        .replace(":", " : ")
                        .replace("20 : 45 : 22", "20:45:22")
                        .replace("04 : 33 : 10", "04:33:10")
                        .replace("\n", "\r\n")
                + LINE.formatted("23", "6", "12.5", "x")
                        .replace("{\"tr_date\"", "{\"extra\":{\"mount\":[7.25,null]},\"tr_date\"")
                + LINE.formatted("23", "7", "12.5", "x").replace("}", ",\"is_pb\":null,\"maincategory_name\":\"\"}");
        check(root, EnrichedOrder.SCHEMA, RetailViews.all(), lines);
    }

    @Test
    void zeroHasNoSign(@TempDir Path root) throws IOException {
        String lines = IntStream.of(0, 1)
                .mapToObj(i -> "{\"at\":\"2015-01-02T20:45:22\",\"sent\":\"2015-01-02T20:45:22\",\"rough\":%s0.0}\n"
                        .formatted(i == 0 ? "" : "-"))
                .collect(Collectors.joining());
        check(root, Reading.SCHEMA, Readings.VIEWS, lines);
    }

    @Test
    void aLineOfOneMebibyteIsRead(@TempDir Path root) throws IOException {
        String line = LINE.formatted("9", "1", "1.0", "");
        String longest = "담".repeat((JsonLines.MAX_LINE_BYTES - line.getBytes(StandardCharsets.UTF_8).length) / 3);
        check(root, EnrichedOrder.SCHEMA, RetailViews.all(), LINE.formatted("9", "1", "1.0", longest));
    }

    @Test
    void tenthsAddUpExactly(@TempDir Path root) throws IOException {
        String lines = LINE.formatted("9", "1", "0.1", "x").repeat(10_000) + LINE.formatted("9", "1", "1e15", "x");
        LocalLake<EnrichedOrder> lake = lake(root, EnrichedOrder.SCHEMA, lines);
        assertThat(BatchViews.on(engine, lake)
                        .answer(RetailViews.DAILY_SALES, HOUR_5)
                        .result()
                        .rows())
                .containsExactly(List.of("2015-01-02", "10001", "1000000000001000.00"));
    }

    @Test
    void aPathIsNoPattern(@TempDir Path root) throws IOException {
        List<String> names = List.of("a1", "a[1]", "b*c", "bxc", "d?e", "dxe", "k[!a]", "kb", "it's {1,2}", "f\\g");
        for (int i = 0; i < names.size(); i++) {
            lake(root.resolve(names.get(i)), EnrichedOrder.SCHEMA, LINE.formatted("9", "1", i, "x"));
        }
        for (int i = 0; i < names.size(); i++) {
            LocalLake<EnrichedOrder> lake = Lakes.orders(root.resolve(names.get(i)));
            assertThat(BatchViews.on(engine, lake)
                            .answer(RetailViews.DAILY_SALES, HOUR_5)
                            .result()
                            .rows())
                    .as(names.get(i))
                    .containsExactly(List.of("2015-01-02", "1", i + ".00"));
        }
        LocalLake<EnrichedOrder> neither =
                lake(root.resolve("a\\*"), EnrichedOrder.SCHEMA, LINE.formatted("9", "1", "1.0", "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchViews.on(engine, neither).build(RetailViews.DAILY_SALES, HOUR_5))
                .withMessageStartingWith("Cannot read %s", neither.root());
    }

    @Test
    void aMeasureMayHaveTheNameOfItsColumn(@TempDir Path root) throws IOException {
        LocalLake<EnrichedOrder> lake = lake(
                root,
                EnrichedOrder.SCHEMA,
                LINE.formatted("9", "1", "2.0", "x")
                        + LINE.formatted("10", "1", "3.0", "x").repeat(2));
        View<EnrichedOrder> view = View.named("by-hour")
                .over(EnrichedOrder.SCHEMA)
                .groupBy(EnrichedOrder.TR_TIME)
                .measure("mount", Measure.sum(EnrichedOrder.MOUNT))
                .measure("qty", Measure.latest(EnrichedOrder.QTY, EnrichedOrder.TR_DATETIME))
                .descendingBy("mount")
                .build();
        assertThat(BatchViews.on(engine, lake).answer(view, HOUR_5).result().rows())
                .containsExactly(List.of("10", "6.00", "-2"), List.of("9", "2.00", "-2"));
    }

    @Test
    void aLeftoverIsNeverCounted(@TempDir Path root) throws IOException {
        LocalLake<EnrichedOrder> lake = lake(root, EnrichedOrder.SCHEMA, LINE.formatted("9", "1", "1.0", "x"));
        Path directory = root.resolve(Lakes.LAYOUT.path(HOUR_4));
        Files.writeString(directory.resolve("leftover.json"), LINE.formatted("9", "1", "1.0", "x"));
        Files.writeString(directory.resolve(".part-half.json"), "{\"tr_date");
        assertThat(BatchViews.on(engine, lake)
                        .answer(RetailViews.DAILY_SALES, HOUR_5)
                        .result()
                        .rows())
                .containsExactly(List.of("2015-01-02", "1", "1.00"));
    }

    @Test
    void aFileThatWentBadIsAHoleAndTheOthersAreRead(@TempDir Path root) throws IOException {
        LocalLake<EnrichedOrder> lake = lake(root, EnrichedOrder.SCHEMA, LINE.formatted("9", "1", "1.0", "x"));
        try (LakeWriter<EnrichedOrder> writer = lake.writer()) {
            writer.write(RetailRecords.ENRICHED, HOUR_5);
            writer.seal(Lakes.LAYOUT.partitionOf(HOUR_5));
        }
        Path file = root.resolve(Lakes.LAYOUT.path(HOUR_4)).resolve("by-hand");
        Files.writeString(file, Files.readString(file).replace("\"mount\":1.0", "\"mount\":x.0"));
        BatchView built = BatchViews.on(engine, lake).build(RetailViews.DAILY_SALES, HOUR_6);
        assertThat(built.slices()).hasSize(1);
        assertThat(built.holes()).hasSize(1).first().satisfies(hole -> {
            assertThat(hole.partition()).isEqualTo(Lakes.LAYOUT.path(HOUR_4));
            assertThat(hole.reason()).startsWith("Cannot trust " + file);
        });
    }

    @Test
    void whatWasSealedBadIsAnErrorInOneLine(@TempDir Path root) throws IOException {
        LocalLake<EnrichedOrder> torn = lake(root.resolve("torn"), EnrichedOrder.SCHEMA, "{\"tr_date\":\n");
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> BatchViews.on(engine, torn).build(RetailViews.DAILY_SALES, HOUR_5))
                .withMessageStartingWith("Cannot run a query on DuckDB: ")
                .withMessageContaining("by-hand")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        LocalLake<EnrichedOrder> typed =
                lake(root.resolve("typed"), EnrichedOrder.SCHEMA, LINE.formatted("9", "1", "\"dear\"", "x"));
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> BatchViews.on(engine, typed).build(RetailViews.DAILY_SALES, HOUR_5))
                .withMessageContaining("dear");
        LocalLake<EnrichedOrder> noObject = lake(root.resolve("array"), EnrichedOrder.SCHEMA, "[1]\n");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> BatchViews.on(engine, noObject).build(RetailViews.DAILY_SALES, HOUR_5))
                .withMessageStartingWith("Cannot ");
        LocalLake<EnrichedOrder> lacking = lake(
                root.resolve("lacking"),
                EnrichedOrder.SCHEMA,
                LINE.formatted("9", "1", "1.0", "x").replace("\"mount\"", "\"amount\""));
        assertThatIllegalStateException()
                .isThrownBy(() -> BatchViews.on(engine, lacking).build(RetailViews.DAILY_SALES, HOUR_5))
                .withMessage(
                        "Cannot trust what was read before %s: 0 values of mount (the manifests say 1 records; verify the partitions)",
                        HOUR_5);
    }

    @Test
    void refusesWhatCannotBeAsked(@TempDir Path root) throws IOException {
        LocalLake<EnrichedOrder> lake = lake(root, EnrichedOrder.SCHEMA, LINE.formatted("9", "1", "1.0", "x"));
        BatchViews<EnrichedOrder> batch = BatchViews.on(engine, lake);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.build(RetailViews.DAILY_SALES, Instant.parse("2023-09-07T04:33:10Z")))
                .withMessageContaining("must be a boundary of partitions; the nearest are %s and %s", HOUR_4, HOUR_5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> batch.answer(RetailViews.HOURLY_SALES, HOUR_5))
                .withMessageStartingWith("Cannot write view hourly-sales as one SELECT");
        Column<Level, Integer> column = Column.integer("centimetres", Level::centimetres);
        LocalLake<Level> levels = LocalLake.at(root, Lakes.LAYOUT, Schema.of("levels", Level.class, column));
        View<Level> depths = View.named("other")
                .over(Schema.of("depths", Level.class, column))
                .measure("a", Measure.count())
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BatchViews.on(engine, levels).build(depths, HOUR_5))
                .withMessage("Cannot build view other of depths: the lake holds levels");
    }

    @Test
    void anEmptyLakeHasNoSlicesAndIsAHole(@TempDir Path root) throws IOException {
        LocalLake<EnrichedOrder> lake = Lakes.orders(root);
        BatchViews<EnrichedOrder> batch = BatchViews.on(engine, lake);
        BatchView built = batch.build(RetailViews.TODAY_SALES, HOUR_5);
        assertThat(built.slices()).isEmpty();
        assertThat(built.holes())
                .containsExactly(new Hole("up to " + Lakes.LAYOUT.path(HOUR_4), "nothing is sealed there"));
        lake.seal(Lakes.LAYOUT.partitionOf(HOUR_4));
        AdHocAnswer answer = batch.answer(RetailViews.TODAY_SALES, HOUR_5);
        assertThat(answer.holes()).isEmpty();
        assertThat(answer.result().rows()).isEmpty();
        assertThat(answer.result().columns())
                .containsExactly("last_tr_datetime", "visitors", "distinct_receipt_num", "sum_of_mount");
    }
}
