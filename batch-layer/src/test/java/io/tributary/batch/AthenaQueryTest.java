package io.tributary.batch;

import static io.tributary.retail.EnrichedOrder.DIVISION_NAME;
import static io.tributary.retail.EnrichedOrder.IS_PB;
import static io.tributary.retail.EnrichedOrder.MAINCATEGORY_NAME;
import static io.tributary.retail.EnrichedOrder.MOUNT;
import static io.tributary.retail.EnrichedOrder.PRODUCT_NAME;
import static io.tributary.retail.EnrichedOrder.QTY;
import static io.tributary.retail.EnrichedOrder.SUBCATEGORY_NAME;
import static io.tributary.retail.EnrichedOrder.TR_DATE;
import static io.tributary.retail.EnrichedOrder.TR_DATETIME;
import static io.tributary.retail.EnrichedOrder.TR_TIME;
import static io.tributary.view.Condition.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.LakeLocation;
import io.tributary.batch.athena.Projection;
import io.tributary.batch.athena.TableName;
import io.tributary.batch.lake.Lakes;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.DuckDbOptions;
import io.tributary.batch.query.Query;
import io.tributary.lake.LakeFile;
import io.tributary.partition.PartitionLayout;
import io.tributary.retail.EnrichedOrder;
import io.tributary.view.Measure;
import io.trino.sql.parser.ParsingOptions;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.CreateTableAsSelect;
import io.trino.sql.tree.CreateView;
import io.trino.sql.tree.Insert;
import io.trino.sql.tree.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AthenaQueryTest {
    private static final AthenaTable<EnrichedOrder> ORDERS = AthenaTable.json(
            new TableName("lake", "transaction_order"),
            EnrichedOrder.SCHEMA,
            LakeLocation.bucket("lake", Lakes.LAYOUT));
    private static final AthenaTable<EnrichedOrder> COMPACT = AthenaTable.parquet(
            new TableName("lake", "compact"), EnrichedOrder.SCHEMA, LakeLocation.bucket("compact", Lakes.LAYOUT));
    private static final AthenaQuery<EnrichedOrder> DAILY = AthenaQuery.from(ORDERS)
            .select(TR_DATE)
            .measure("cnt_of_daily_sales", Measure.count())
            .measure("sum_of_daily_sales", Measure.sum(MOUNT))
            .orderBy(TR_DATE);
    private static final Instant FROM = Instant.parse("2023-12-31T22:00:00Z");

    private static String golden(String name) throws IOException {
        String file = "/sql/athena/%s.sql".formatted(name);
        try (InputStream in = Objects.requireNonNull(AthenaQueryTest.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }

    private static Statement parse(Query query) {
        return new SqlParser()
                .createStatement(query.sql(), new ParsingOptions(ParsingOptions.DecimalLiteralTreatment.AS_DECIMAL));
    }

    private static String oneLine(Query query) {
        parse(query);
        return query.sql().replaceAll("\\s+", " ");
    }

    @Test
    void theWorkshopsQueriesAreTheseTexts() throws IOException {
        assertThat(DAILY.query().sql()).isEqualTo(golden("daily-sales-ad-hoc"));
        AthenaQuery<EnrichedOrder> hourly = AthenaQuery.from(ORDERS)
                .select(TR_DATE, TR_TIME)
                .measure("cnt_of_daily_sales", Measure.count())
                .measure("sum_of_daily_sales", Measure.sum(MOUNT))
                .orderBy(TR_DATE, TR_TIME);
        assertThat(hourly.query().sql()).isEqualTo(golden("trading-hours-ad-hoc"));
        AthenaQuery<EnrichedOrder> category = AthenaQuery.from(ORDERS)
                .select(DIVISION_NAME, MAINCATEGORY_NAME, SUBCATEGORY_NAME)
                .measure("cnt_of_sales", Measure.count())
                .measure("sum_of_sales", Measure.sum(MOUNT))
                .orderByDescending("sum_of_sales")
                .orderBy(DIVISION_NAME, MAINCATEGORY_NAME, SUBCATEGORY_NAME);
        assertThat(category.query().sql()).isEqualTo(golden("category-sales-ad-hoc"));
    }

    @Test
    void literalsAreParametersInTheirStoredForm() {
        Query query = AthenaQuery.from(ORDERS)
                .select(PRODUCT_NAME, QTY)
                .where(column(DIVISION_NAME).isIn("담배", "it's").and(column(QTY).isAtLeast(2)))
                .where(column(TR_DATE).isLessThan(LocalDate.of(2015, 1, 2)))
                .where(column(TR_TIME).isEqualTo("09"))
                .where(column(MOUNT).isGreaterThan("20000.5").or(column(IS_PB).isEqualTo(true)))
                .where(column(TR_DATETIME).isAtMost(LocalDateTime.parse("2015-01-02T20:45:22")))
                .where(column(PRODUCT_NAME).isNotNull())
                .orderByDescending(QTY)
                .limit(10)
                .query();
        assertThat(query.parameters())
                .containsExactly(
                        "담배", "it's", 2, "2015-01-02", 9, new BigDecimal("20000.50"), "Y", "2015-01-02 20:45:22");
        assertThat(oneLine(query))
                .isEqualTo("select \"transaction_order\".\"product_name\" \"product_name\","
                        + " \"transaction_order\".\"qty\" \"qty\" from \"lake\".\"transaction_order\" where ( ("
                        + " \"transaction_order\".\"division_name\" = ? or"
                        + " \"transaction_order\".\"division_name\" = ? ) and"
                        + " \"transaction_order\".\"qty\" >= ? and"
                        + " \"transaction_order\".\"tr_date\" < ? and"
                        + " cast(\"transaction_order\".\"tr_time\" as int) = ? and ("
                        + " \"transaction_order\".\"mount\" > ? or"
                        + " \"transaction_order\".\"is_pb\" = ? ) and"
                        + " \"transaction_order\".\"tr_datetime\" <= cast(? as timestamp(6)) and"
                        + " not (\"transaction_order\".\"product_name\" is null) )"
                        + " order by \"qty\" desc nulls last fetch next 10 rows only");
    }

    @Test
    void aRangeOfIngestTimeIsAConditionOnPartitions() {
        Query query = DAILY.between(FROM, FROM.plusSeconds(5 * 3600)).query();
        assertThat(query.parameters()).isEmpty();
        assertThat(oneLine(query))
                .contains("where ( ( \"transaction_order\".\"year\" = 2023 and \"transaction_order\".\"month\" = 12"
                        + " and \"transaction_order\".\"day\" = 31 and \"transaction_order\".\"hour\" >= 22 ) or (");
        assertThat(oneLine(DAILY.between(FROM, FROM).query())).contains("where false group by");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "' or '1' = '1",
                "\"; drop table x; --",
                "/* */",
                "?",
                "{0}",
                "\\",
                "담배 \uD83D\uDE00",
                "a\nb\t:x"
            })
    void aLiteralIsDataWhateverItSays(String text) {
        try (DuckDbEngine engine = DuckDbEngine.start(DuckDbOptions.defaults().withThreads(1))) {
            engine.run(Query.of("create schema lake"));
            engine.run(Query.of(
                    "create table lake.transaction_order as select * from (values (?, 1), ('other', 2)) t(product_name, qty)",
                    text));
            AthenaQuery<EnrichedOrder> query = AthenaQuery.from(ORDERS)
                    .select(QTY)
                    .where(column(PRODUCT_NAME).isEqualTo(text));
            assertThat(engine.run(query.query()).rows()).containsExactly(List.of("1"));
            engine.run(query.createView(new TableName("lake", "found")));
            assertThat(engine.run(Query.of("select * from lake.found")).rows()).containsExactly(List.of("1"));
        }
        parse(AthenaQuery.from(ORDERS)
                .select(QTY)
                .where(column(PRODUCT_NAME).isEqualTo(text))
                .createView(new TableName("lake", "found")));
    }

    @Test
    void aViewHoldsItsLiterals() {
        Query view = DAILY.where(column(DIVISION_NAME).isNotIn("담배")).createView(new TableName("lake", "daily"));
        assertThat(parse(view)).isInstanceOf(CreateView.class);
        assertThat(view.parameters()).isEmpty();
        assertThat(oneLine(view))
                .startsWith("create or replace view \"lake\".\"daily\" as select")
                .contains("where not (\"transaction_order\".\"division_name\" = '담배')");
    }

    @Test
    void partitionsAreCopiedAHundredAtATime() {
        Instant to = FROM.plusSeconds(150 * 3600L);
        List<Query> created = PartitionCopy.of(ORDERS, COMPACT).create(FROM, to);
        assertThat(created).hasSize(2);
        assertThat(parse(created.get(0))).isInstanceOf(CreateTableAsSelect.class);
        assertThat(parse(created.get(1))).isInstanceOf(Insert.class);
        assertThat(oneLine(created.get(0)))
                .startsWith("create table \"lake\".\"compact\" with (format = 'PARQUET',"
                        + " external_location = 's3://compact/" + Lakes.LAYOUT.root()
                        + "', partitioned_by = array['year', 'month', 'day', 'hour']) as select")
                .contains("\"transaction_order\".\"hour\" from \"lake\".\"transaction_order\" where");
        assertThat(oneLine(created.get(1)))
                .startsWith("insert into \"lake\".\"compact\" ( \"tr_date\", ")
                .contains("\"event_time\", \"year\", \"month\", \"day\", \"hour\" ) select");
        assertThat(PartitionCopy.of(ORDERS, COMPACT).insert(FROM, to))
                .hasSize(2)
                .allSatisfy(statement -> assertThat(parse(statement)).isInstanceOf(Insert.class));
        assertThat(PartitionCopy.of(ORDERS, COMPACT).create(FROM, FROM)).isEmpty();
    }

    @Test
    void eachUnloadHasADirectoryOfItsOwn() {
        List<Query> unloads = PartitionCopy.of(ORDERS, COMPACT).unload(FROM, FROM.plusSeconds(150 * 3600L));
        assertThat(unloads).hasSize(2);
        for (int i = 0; i < unloads.size(); i++) {
            String sql = unloads.get(i).sql().replaceAll("\\s+", " ");
            String options =
                    ") to 's3://compact/%s0000%d/' with (format = 'PARQUET', partitioned_by = array['year', 'month', 'day', 'hour'])"
                            .formatted(Lakes.LAYOUT.root(), i + 1);
            assertThat(sql).startsWith("unload (select").endsWith(options);
            // Athena's own statement around a query that Trino knows.
            parse(Query.of(sql.substring("unload (".length(), sql.length() - options.length())));
        }
    }

    private static List<String> statementsAndNames() {
        List<Query> statements =
                new ArrayList<>(PartitionCopy.of(ORDERS, COMPACT).unload(FROM, FROM.plusSeconds(1)));
        statements.add(ORDERS.withProjection(Projection.ofYears(2015, 2030)).create());
        List<String> texts = new ArrayList<>(statements.stream().map(Query::sql).toList());
        texts.add(LakeFile.nameOf("part-1", 12));
        return texts;
    }

    @Test
    void noLocaleChangesWhatIsStoredOrSent() {
        List<String> expected = statementsAndNames();
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try {
            assertThat("%d".formatted(1)).isNotEqualTo("1");
            assertThat(statementsAndNames()).isEqualTo(expected).endsWith("part-1-000012.json");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatCannotBeAskedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AthenaQuery.from(ORDERS).query())
                .withMessage(
                        "Invalid columns of a query on lake.transaction_order: [] (must be one or more, each once)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AthenaQuery.from(ORDERS).select(QTY, QTY).query())
                .withMessageContaining("[qty, qty]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DAILY.orderBy(QTY))
                .withMessage("Cannot sort by qty (must be one of the result's columns,"
                        + " [tr_date, cnt_of_daily_sales, sum_of_daily_sales])");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DAILY.measure("a", Measure.average(QTY)))
                .withMessageStartingWith("Cannot select the measure a, average(qty)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DAILY.where(column("x\"; --").isNull()).query())
                .withMessageStartingWith("Invalid condition on x\"; -- (must be one of [tr_date,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DAILY.where(column(QTY).isEqualTo("1 or 1=1")).query())
                .withMessageStartingWith("Invalid condition qty = '1 or 1=1': 1 or 1=1 must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        DAILY.where(column(DIVISION_NAME).isEqualTo("\u0000")).query())
                .withMessageContaining("without a NUL");
        assertThatIllegalArgumentException().isThrownBy(() -> DAILY.limit(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DAILY.where(column(DIVISION_NAME).isEqualTo("담".repeat(100_000)))
                        .createView(new TableName("lake", "daily")))
                .withMessageMatching(
                        "Cannot write a statement of 300\\d+ bytes \\(at most 262144; ask for less at once\\)");
    }

    @Test
    void aListOfLiteralsCanBeLong() {
        Object[] many = IntStream.range(0, 2000).mapToObj(i -> "division " + i).toArray();
        Query query = DAILY.where(column(DIVISION_NAME).isIn("x", many)).query();
        assertThat(query.parameters())
                .hasSize(2001)
                .startsWith("x", "division 0")
                .endsWith("division 1999");
    }

    @Test
    void onlyTablesOfTheSameColumnsAreCopied() {
        AthenaTable<EnrichedOrder> daily = AthenaTable.parquet(
                new TableName("lake", "daily"),
                EnrichedOrder.SCHEMA,
                LakeLocation.bucket("daily", PartitionLayout.parse("daily/dt=!{timestamp:yyyy-MM-dd}/")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PartitionCopy.of(ORDERS, daily))
                .withMessageStartingWith("Cannot copy lake.transaction_order at s3://lake/");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PartitionCopy.of(ORDERS, ORDERS))
                .withMessageContaining("the same place");
    }
}
