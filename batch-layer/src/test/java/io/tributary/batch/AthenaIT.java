package io.tributary.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.batch.lake.LakeWriter;
import io.tributary.batch.lake.Lakes;
import io.tributary.batch.lake.LocalLake;
import io.tributary.batch.lake.S3Lake;
import io.tributary.batch.query.AthenaEngine;
import io.tributary.batch.query.AthenaOptions;
import io.tributary.batch.query.DuckDbEngine;
import io.tributary.batch.query.Query;
import io.tributary.batch.query.QueryException;
import io.tributary.batch.query.QueryResult;
import io.tributary.batch.server.AthenaLake;
import io.tributary.batch.server.S3Server;
import io.tributary.batch.testing.QueryEngineContract;
import io.tributary.partition.Partition;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RandomOrders;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Column;
import io.tributary.testing.Promises;
import io.tributary.view.BatchView;
import io.tributary.view.BatchView.Hole;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slices;
import io.tributary.view.View;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** What goes to Athena, run by its engine behind its protocol, is what DuckDB and plain Java make of the same orders. */
class AthenaIT {
    private static final int PARTITIONS = 6;
    private static final Instant CUT = RandomOrders.partition(PARTITIONS);
    private static final List<EnrichedOrder> ORDERS = new RandomOrders(7, PARTITIONS)
            .list(4_000).stream().map(AthenaIT::toMillis).toList();

    @TempDir
    private static Path root;

    private static AthenaLake servers;
    private static AthenaEngine athena;
    private static DuckDbEngine duckDb;
    private static LocalLake<EnrichedOrder> local;
    private static S3Lake<EnrichedOrder> lake;
    private static Source.Table table;
    private static List<BatchView> built;
    private static List<BatchView> builtByDuckDb;

    /** Athena's tables have no finer times. */
    static EnrichedOrder toMillis(EnrichedOrder order) {
        Object[] values = EnrichedOrder.SCHEMA.columns().stream()
                .map(column -> column.get(order))
                .toArray();
        int dateTime = EnrichedOrder.SCHEMA.indexOf(EnrichedOrder.TR_DATETIME);
        values[dateTime] = order.dateTime().truncatedTo(ChronoUnit.MILLIS);
        return EnrichedOrder.SCHEMA.create(values);
    }

    @BeforeAll
    static void start() throws IOException {
        servers = AthenaLake.started();
        athena = AthenaEngine.on(servers.client(), AthenaOptions.defaults().withDatabase("lake"));
        duckDb = DuckDbEngine.start();
        local = LocalLake.at(root, Lakes.LAYOUT, EnrichedOrder.SCHEMA);
        try (LakeWriter<EnrichedOrder> writer = local.writer()) {
            for (EnrichedOrder order : ORDERS) {
                writer.write(order, order.eventTime());
            }
            for (Partition partition : Lakes.LAYOUT.partitions(RandomOrders.FIRST_PARTITION, CUT)) {
                writer.seal(partition);
            }
        }
        servers.upload(root, "athena/");
        table = servers.createTable("orders", EnrichedOrder.SCHEMA, Lakes.LAYOUT, "athena/");
        servers.repair("orders");
        lake = S3Lake.at(
                servers.s3(), "s3://%s/athena/".formatted(S3Server.BUCKET), Lakes.LAYOUT, EnrichedOrder.SCHEMA);
        built = BatchViews.on(athena, lake, table).buildAll(RetailViews.all(), CUT);
        builtByDuckDb = BatchViews.on(duckDb, local).buildAll(RetailViews.all(), CUT);
    }

    @AfterAll
    static void stop() {
        if (duckDb != null) {
            duckDb.close();
        }
    }

    static Stream<View<EnrichedOrder>> views() {
        return RetailViews.all().stream();
    }

    static Stream<View<EnrichedOrder>> adHoc() {
        return Stream.of(
                RetailViews.DAILY_SALES,
                RetailViews.TRADING_HOURS,
                RetailViews.CATEGORY_SALES,
                RetailViews.DIVISION_SALES,
                RetailViews.TODAY_SALES);
    }

    @ParameterizedTest
    @MethodSource("views")
    void theSlicesOfAViewAreThoseOfDuckDbAndOfAFold(View<EnrichedOrder> view) {
        int index = RetailViews.all().indexOf(view);
        List<SlicePartial> slices = built.get(index).slices();
        Slices<EnrichedOrder> fold = view.slices();
        fold.addAll(ORDERS);
        List<SlicePartial> expected = fold.toList();
        assertThat(built.get(index).holes()).isEmpty();
        assertThat(slices).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(slices)
                .containsExactlyInAnyOrderElementsOf(builtByDuckDb.get(index).slices());
        assertThat(view.rows(slices)).isEqualTo(view.rows(expected));
    }

    @ParameterizedTest
    @MethodSource("adHoc")
    void anAdHocQueryGivesTheCellsOfDuckDb(View<EnrichedOrder> view) throws IOException {
        QueryResult result = athena.run(ViewSql.of(view, athena.dialect()).answer(table));
        QueryResult expected = BatchViews.on(duckDb, local).answer(view, CUT).result();
        assertThat(result.columns()).isEqualTo(expected.columns());
        assertThat(values(view, result)).isEqualTo(values(view, expected));
        assertThat(result.statistics().scannedBytes()).isPositive();
    }

    /** Engines write the same time with more fraction digits or fewer. */
    private static List<List<Object>> values(View<?> view, QueryResult result) {
        return result.rows().stream()
                .map(row -> {
                    Object[] values = new Object[row.size()];
                    for (int i = 0; i < values.length; i++) {
                        String text = row.get(i);
                        boolean time = view.columns().get(i).name().equals("last_tr_datetime");
                        values[i] = text == null
                                ? null
                                : time ? view.columns().get(i).type().parse(text) : text;
                    }
                    return Arrays.asList(values);
                })
                .toList();
    }

    @Test
    void readsOnlyThePartitionsBeforeTheCut() throws IOException {
        Instant cut = RandomOrders.partition(2);
        BatchView built = BatchViews.on(athena, lake, table).build(RetailViews.DIVISION_SALES, cut);
        Slices<EnrichedOrder> fold = RetailViews.DIVISION_SALES.slices();
        ORDERS.stream().filter(order -> order.eventTime().isBefore(cut)).forEach(fold::add);
        assertThat(built.slices()).containsExactlyInAnyOrderElementsOf(fold.toList());
    }

    @Test
    void whatTheTableOrTheLakeLacksIsAHole() throws IOException {
        servers.upload(root, "holes/");
        Source.Table holey = servers.createTable("holes", EnrichedOrder.SCHEMA, Lakes.LAYOUT, "holes/");
        servers.repair("holes");
        List<Partition> partitions = Lakes.LAYOUT.partitions(RandomOrders.FIRST_PARTITION, CUT);
        String prefix = "holes/";
        servers.s3()
                .deleteObject(request -> request.bucket(S3Server.BUCKET)
                        .key(prefix + partitions.get(1).path() + "_SUCCESS"));
        servers.s3()
                .putObject(
                        request -> request.bucket(S3Server.BUCKET)
                                .key(prefix + partitions.get(3).path() + "stray.json"),
                        RequestBody.fromString("{}\n"));
        servers.execute("call hive.system.unregister_partition('lake', 'holes', array['year', 'month', 'day', 'hour'],"
                + " array['2023', '09', '07', '09'])");
        S3Lake<EnrichedOrder> holeyLake = S3Lake.at(
                servers.s3(), "s3://%s/%s".formatted(S3Server.BUCKET, prefix), Lakes.LAYOUT, EnrichedOrder.SCHEMA);
        BatchView built = BatchViews.on(athena, holeyLake, holey).build(RetailViews.DIVISION_SALES, CUT);
        assertThat(built.holes())
                .extracting(Hole::partition)
                .containsExactly(
                        partitions.get(1).path(),
                        partitions.get(3).path(),
                        partitions.get(5).path());
        assertThat(built.holes())
                .extracting(Hole::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).isEqualTo("it is not sealed"),
                        reason -> assertThat(reason)
                                .isEqualTo("it has 1 files that its manifest does not name, such as stray.json (remove"
                                        + " them)"),
                        reason -> assertThat(reason).startsWith("the table has 0 records there (its manifest says "));
        Slices<EnrichedOrder> fold = RetailViews.DIVISION_SALES.slices();
        Set<String> read = new LinkedHashSet<>();
        List.of(0, 2, 4).forEach(i -> read.add(partitions.get(i).path()));
        ORDERS.stream()
                .filter(order -> read.contains(Lakes.LAYOUT.path(order.eventTime())))
                .forEach(fold::add);
        assertThat(built.slices()).containsExactlyInAnyOrderElementsOf(fold.toList());
    }

    @Test
    void parametersAreValues() {
        Column<EnrichedOrder, String> name = EnrichedOrder.DIVISION_NAME;
        String hostile = "a'\"\\,\u001F;--";
        long expected =
                ORDERS.stream().filter(order -> hostile.equals(name.get(order))).count();
        Query query = Query.of("select count(*) from orders where division_name = ?", hostile);
        assertThat(expected).isPositive();
        assertThat(athena.run(query).rows()).containsExactly(List.of(String.valueOf(expected)));
    }

    @TestFactory
    Stream<DynamicTest> theEngineKeepsTheContract() {
        return Promises.of(QueryEngineContract.of(athena));
    }

    @Test
    void parametersComeBackAsTheyWere() {
        List<Object> texts = List.of(
                "' or 1=1 --",
                "'; drop table orders; --",
                "''",
                "\\'",
                "/*",
                "?",
                "', 'x",
                "담배😀\u0000\u001f",
                "%s",
                "$1",
                "\n",
                "x".repeat(1_022));
        List<String> expected = new ArrayList<>();
        texts.forEach(text -> expected.add(text.toString()));
        List<Object> parameters = new ArrayList<>(texts);
        parameters.addAll(List.of(5_000_000_000L, -3, new BigDecimal("-1.50")));
        expected.addAll(List.of("5000000000", "-3", "-1.50"));
        String marks =
                IntStream.range(0, parameters.size()).mapToObj(i -> "? c" + i).collect(Collectors.joining(", "));
        QueryResult result = athena.run(Query.of("select " + marks, parameters.toArray()));
        assertThat(result.rows()).containsExactly(expected);
    }

    @Test
    void aStatementThatTheEngineRefusesFailsWithItsReason() {
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> athena.run(Query.of("select nothing from orders")))
                .withMessageMatching(
                        "Cannot run a query on Athena: query [0-9a-f-]+ FAILED: .*Column 'nothing' cannot be resolved"
                                + " .*");
    }

    @Test
    void refusesViewsThatWouldReadTooMuch() {
        AthenaEngine limited =
                AthenaEngine.on(servers.client(), AthenaOptions.defaults().withMostBytes(1_000));
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> BatchViews.on(limited, lake, table).build(RetailViews.DAILY_SALES, CUT))
                .withMessageContaining("it would read ")
                .withMessageContaining("the limit is 1000");
    }
}
