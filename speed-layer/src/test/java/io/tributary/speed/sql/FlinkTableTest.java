package io.tributary.speed.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.retail.TransactionOrder;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkTableTest {
    private static final String ARN = "arn:aws:kinesis:ap-northeast-2:123456789012:stream/de-enhancement-blee";
    private static final TableEnvironment FLINK = TableEnvironment.create(EnvironmentSettings.inStreamingMode());

    private static FlinkTable orders(String name, TableStart start) {
        return FlinkTable.of(
                        name,
                        EnrichedOrder.SCHEMA,
                        Connector.kinesisByName("de-enhancement-blee", "ap-northeast-2", start))
                .withWatermark(EnrichedOrder.TR_DATETIME, Duration.ofSeconds(5))
                .partitionedBy(EnrichedOrder.TR_DATE, EnrichedOrder.TR_TIME);
    }

    private static FlinkTable summary(String path) {
        return FlinkTable.of(
                "timely_cumulate_sum_of_sales",
                RetailViews.CUMULATIVE_DAILY_SALES,
                Connector.filesystem(path, Duration.ofMinutes(1)));
    }

    private static String workshop(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(FlinkTableTest.class.getResourceAsStream("/ddl/%s.sql".formatted(name)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void noLocaleChangesTheDdl() {
        String expected = orders("orders", TableStart.LATEST).create();
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try {
            assertThat(orders("orders", TableStart.LATEST).create()).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    /** White space and the quotes of names mean nothing. */
    private static String normal(String ddl) {
        return ddl.replace("`", "")
                .replaceAll("\\s+", " ")
                .replaceAll(" ?([(),=]) ?", "$1")
                .strip();
    }

    @Test
    void theWorkshopsStreamsComeOutAsTheyStandThereButForLengthsAndFloats() throws IOException {
        for (FlinkTable table : List.of(
                orders("transaction_order_flink", TableStart.LATEST),
                orders("transaction_order_flink_restart", TableStart.TRIM_HORIZON))) {
            String expected = workshop(table.toString())
                    .replaceAll("VARCHAR\\(\\d+\\)", "STRING")
                    .replace("mount DOUBLE", "mount DECIMAL(18, 2)");
            assertThat(normal(table.create())).isEqualTo(normal(expected));
        }
    }

    @Test
    void theWorkshopsSummaryComesOutAsItStandsThereButForDigits() throws IOException {
        String expected = workshop("timely_cumulate_sum_of_sales")
                .replace("TIMESTAMP", "TIMESTAMP(3)")
                .replace("DOUBLE", "DECIMAL(38, 2)");
        assertThat(normal(summary("s3a://hist-streaming-lab-blee/data/summary/timely_cumulate_sum_of_sales")
                        .create()))
                .isEqualTo(normal(expected));
    }

    private static ResolvedCatalogTable created(FlinkTable table) throws Exception {
        FLINK.executeSql(table.drop());
        TableResult result = FLINK.executeSql(table.create());
        assertThat(result.getJobClient()).isEmpty();
        CatalogBaseTable stored = FLINK.getCatalog(FLINK.getCurrentCatalog())
                .orElseThrow()
                .getTable(new ObjectPath(FLINK.getCurrentDatabase(), table.toString()));
        return (ResolvedCatalogTable) stored;
    }

    @Test
    void flinkCreatesTheStreams() throws Exception {
        ResolvedCatalogTable table = created(orders("transaction_order_flink", TableStart.LATEST));
        ResolvedSchema schema = table.getResolvedSchema();
        assertThat(schema.getColumnNames())
                .containsExactlyElementsOf(EnrichedOrder.SCHEMA.columns().stream()
                        .map(Column::name)
                        .toList());
        assertThat(schema.getColumn("mount").orElseThrow().getDataType()).hasToString("DECIMAL(18, 2)");
        assertThat(schema.getColumn("is_pb").orElseThrow().getDataType()).hasToString("STRING");
        assertThat(schema.getWatermarkSpecs())
                .singleElement()
                .satisfies(spec -> assertThat(spec.getRowtimeAttribute()).isEqualTo("tr_datetime"));
        assertThat(table.getPartitionKeys()).containsExactly("tr_date", "tr_time");
        assertThat(table.getOptions())
                .containsEntry("stream", "de-enhancement-blee")
                .containsEntry("json.timestamp-format.standard", "ISO-8601");
    }

    @Test
    void digitsAreThoseOfSqlInEveryLanguage() {
        String plain = orders("orders", TableStart.LATEST).create();
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try {
            assertThat(orders("orders", TableStart.LATEST).create()).isEqualTo(plain);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void filesToBeReadHaveTimesAsTheStreamHasThem() throws Exception {
        FlinkTable table = FlinkTable.of("orders", EnrichedOrder.SCHEMA, Connector.jsonFiles("file:///data/orders"));
        assertThat(created(table).getOptions())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "connector", "filesystem",
                        "path", "file:///data/orders",
                        "format", "json",
                        "json.timestamp-format.standard", "ISO-8601"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Connector.jsonFiles(" "))
                .withMessageStartingWith("Invalid path: blank");
    }

    @Test
    void theNewerConnectorNamesAStreamByItsArn() throws Exception {
        FlinkTable table = FlinkTable.of(
                        "orders", EnrichedOrder.SCHEMA, Connector.kinesis(ARN, TableStart.TRIM_HORIZON))
                .withWatermark(EnrichedOrder.TR_DATETIME, Duration.ofMinutes(10));
        assertThat(created(table).getOptions())
                .containsOnlyKeys(
                        "connector",
                        "stream.arn",
                        "aws.region",
                        "source.init.position",
                        "format",
                        "json.timestamp-format.standard")
                .containsEntry("connector", "kinesis")
                .containsEntry("stream.arn", ARN)
                .containsEntry("aws.region", "ap-northeast-2")
                .containsEntry("source.init.position", "TRIM_HORIZON");
        assertThat(created(table).getResolvedSchema().getWatermarkSpecs().get(0).getWatermarkExpression())
                .asString()
                .contains("INTERVAL '600' SECOND");
    }

    @Test
    void flinkPlansTheLabsOverTheTables() {
        String name = "orders_for_labs";
        // The planner needs a connector that is there; the columns are the stream's own.
        String ddl = orders(name, TableStart.LATEST)
                .create()
                .replaceAll("(?s)PARTITIONED BY.*", "WITH ('connector' = 'datagen')");
        FLINK.executeSql("DROP TABLE IF EXISTS " + name);
        FLINK.executeSql(ddl);
        String plan = FLINK.explainSql("""
                SELECT window_start, window_end, SUM(mount) AS sum_of_mount FROM TABLE(CUMULATE(
                    TABLE orders_for_labs, DESCRIPTOR(tr_datetime), INTERVAL '1' HOURS, INTERVAL '24' HOURS))
                GROUP BY window_start, window_end""");
        assertThat(plan).contains("CUMULATE(time_col=[tr_datetime]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3a://lake/it's", "s3a://lake/'; DROP TABLE x; --", "s3a://담배/\\u0041", "a\nb /* */ {0}"})
    void aPathIsDataWhateverItSays(String path) throws Exception {
        assertThat(created(summary(path)).getOptions()).containsEntry("path", path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a`b", "a b", "a.b", "1a", "담배", "a;--"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> orders(name, TableStart.LATEST))
                .withMessage("Invalid table name: %s (must match [a-zA-Z_][a-zA-Z0-9_]{0,127})", name);
    }

    @Test
    void reservedWordsAreNames() throws Exception {
        record Word(String select, int value) {}
        Schema<Word> schema = Schema.of(
                "word", Word.class, Column.text("select", Word::select), Column.integer("value", Word::value));
        FlinkTable table = FlinkTable.of("table", schema, Connector.filesystem("/tmp/words", Duration.ZERO));
        assertThat(created(table).getResolvedSchema().getColumnNames()).containsExactly("select", "value");
    }

    @Test
    void whatCannotBeIsRefused() {
        FlinkTable table = orders("orders", TableStart.LATEST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.withWatermark(EnrichedOrder.TR_DATETIME, Duration.ofMillis(1500)))
                .withMessage("Invalid delay of a watermark: PT1.5S (must be whole seconds, at most PT24H)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> summary("x").partitionedBy(TransactionOrder.QTY))
                .withMessage("Cannot use column qty in table timely_cumulate_sum_of_sales (must be one of"
                        + " [window_start, window_end, sum_of_mount])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Connector.kinesis("de-enhancement-blee", TableStart.LATEST))
                .withMessageStartingWith("Invalid ARN of a stream: de-enhancement-blee");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Connector.kinesisByName("a'b", "ap-northeast-2", TableStart.LATEST))
                .withMessageStartingWith("Invalid stream: a'b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Connector.filesystem(" ", Duration.ZERO))
                .withMessageStartingWith("Invalid path: blank");
    }
}
