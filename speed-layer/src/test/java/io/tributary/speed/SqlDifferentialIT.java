package io.tributary.speed;

import static io.tributary.retail.EnrichedOrder.DIVISION_NAME;
import static io.tributary.retail.EnrichedOrder.MOUNT;
import static io.tributary.retail.EnrichedOrder.TR_DATETIME;
import static io.tributary.view.Measure.count;
import static io.tributary.view.Measure.max;
import static io.tributary.view.Measure.min;
import static io.tributary.view.Measure.sum;
import static io.tributary.view.Window.cumulate;
import static io.tributary.view.Window.slide;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The labs, as Flink SQL answers them on the same orders. */
class SqlDifferentialIT {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Cluster.extension();

    private static final List<EnrichedOrder> ORDERS = Orders.random(20_150_101, 700);

    private static final View<EnrichedOrder> SLIDING = View.named("sliding")
            .over(EnrichedOrder.SCHEMA)
            .window(slide(TR_DATETIME).size(ofMinutes(60)).every(ofMinutes(20)))
            .groupBy(DIVISION_NAME)
            .measure("least", min(MOUNT))
            .measure("most", max(MOUNT))
            .measure("cnt", count())
            .build();
    private static final View<EnrichedOrder> CUMULATIVE_ROLLUP = View.named("cumulative-rollup")
            .over(EnrichedOrder.SCHEMA)
            .window(cumulate(TR_DATETIME).step(ofMinutes(30)).upTo(Duration.ofHours(4)))
            .rollup(DIVISION_NAME, EnrichedOrder.MAINCATEGORY_NAME)
            .measure("mount", sum(MOUNT))
            .build();

    @Test
    void lab2() throws Exception {
        same(
                RetailViews.DIVISION_SALES,
                "SELECT division_name, COUNT(*), SUM(mount) FROM orders GROUP BY division_name");
    }

    @Test
    void lab3() throws Exception {
        same(RetailViews.HOURLY_CATEGORY_SALES, """
                SELECT window_start, window_end, division_name, maincategory_name, SUM(mount)
                FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR))
                GROUP BY window_start, window_end, division_name, maincategory_name""");
    }

    @Test
    void lab4() throws Exception {
        same(RetailViews.TODAY_SALES, """
                SELECT MAX(CAST(tr_datetime AS TIMESTAMP(3))), COUNT(DISTINCT visitor), COUNT(DISTINCT receipt_num),
                    SUM(mount)
                FROM orders""");
    }

    @Test
    void lab5() throws Exception {
        same(RetailViews.HOURLY_SALES, """
                SELECT window_start, window_end, SUM(mount)
                FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR))
                GROUP BY window_start, window_end""");
    }

    @Test
    void lab6() throws Exception {
        same(RetailViews.CUMULATIVE_DAILY_SALES, """
                SELECT window_start, window_end, SUM(mount)
                FROM TABLE(CUMULATE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR, INTERVAL '1' DAY))
                GROUP BY window_start, window_end""");
    }

    @Test
    void lab7() throws Exception {
        same(RetailViews.HOURLY_DIVISION_SALES_OVER_20000, """
                SELECT window_start, window_end, division_name, SUM(mount)
                FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR))
                GROUP BY window_start, window_end, ROLLUP(division_name)
                HAVING division_name IS NOT NULL AND SUM(mount) > 20000""");
    }

    @Test
    void lab8() throws Exception {
        same(RetailViews.HOURLY_TOP3_DIVISIONS, top3(""));
    }

    @Test
    void lab8WithoutTobacco() throws Exception {
        same(RetailViews.HOURLY_TOP3_DIVISIONS_WITHOUT_TOBACCO, top3("WHERE division_name <> '담배'"));
    }

    private static String top3(String where) {
        return """
                SELECT * FROM (
                    SELECT *, ROW_NUMBER() OVER (
                        PARTITION BY window_start, window_end ORDER BY mount DESC, division_name) AS rownum
                    FROM (
                        SELECT window_start, window_end, division_name, SUM(mount) AS mount, COUNT(*) AS cnt
                        FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR)) %s
                        GROUP BY window_start, window_end, division_name))
                WHERE rownum <= 3""".formatted(where);
    }

    @Test
    void slidingWindows() throws Exception {
        same(SLIDING, """
                SELECT window_start, window_end, division_name, MIN(mount), MAX(mount), COUNT(*)
                FROM TABLE(HOP(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '20' MINUTE, INTERVAL '60' MINUTE))
                GROUP BY window_start, window_end, division_name""");
    }

    @Test
    void rollupOfCumulatingWindows() throws Exception {
        same(CUMULATIVE_ROLLUP, """
                SELECT window_start, window_end, division_name, maincategory_name, SUM(mount)
                FROM TABLE(CUMULATE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '30' MINUTE, INTERVAL '4' HOUR))
                GROUP BY window_start, window_end, ROLLUP(division_name, maincategory_name)""");
    }

    private static void same(View<EnrichedOrder> view, String sql) throws Exception {
        List<String> ours = ours(view);
        assertThat(ours).isNotEmpty().containsExactlyInAnyOrderElementsOf(theirs(sql));
    }

    private static List<String> ours(View<EnrichedOrder> view) throws Exception {
        boolean windowed = view.window().eventTime().isPresent();
        DataStream<EnrichedOrder> stream = Cluster.stream(
                Cluster.environment(2),
                ORDERS,
                windowed ? SpeedLayer.watermarks(view.window(), ofDays(5)) : WatermarkStrategy.noWatermarks());
        SpeedView<EnrichedOrder> speed = SpeedLayer.on(stream).view(view);
        List<io.tributary.view.Row> rows;
        if (windowed) {
            rows = Cluster.collect(speed.windows().stream());
        } else {
            RowTable table = new RowTable(view);
            Cluster.collect(speed.updates().stream()).forEach(table::apply);
            rows = table.rows();
        }
        return rows.stream().map(row -> row.values().toString()).toList();
    }

    private static List<String> theirs(String sql) throws Exception {
        StreamExecutionEnvironment environment = Cluster.environment(2);
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        DataStream<Row> stream = Cluster.stream(environment, ORDERS, WatermarkStrategy.noWatermarks())
                .map(
                        order -> Row.of(
                                order.divisionName(),
                                order.mainCategoryName(),
                                order.date() + order.storeCode() + order.posNumber() + order.receiptNumber(),
                                order.receiptNumber(),
                                order.amount(),
                                order.dateTime()),
                        Types.ROW_NAMED(
                                new String[] {
                                    "division_name",
                                    "maincategory_name",
                                    "visitor",
                                    "receipt_num",
                                    "mount",
                                    "tr_datetime"
                                },
                                Types.STRING,
                                Types.STRING,
                                Types.STRING,
                                Types.STRING,
                                Types.BIG_DEC,
                                Types.LOCAL_DATE_TIME));
        Schema schema = Schema.newBuilder()
                .column("division_name", DataTypes.STRING())
                .column("maincategory_name", DataTypes.STRING())
                .column("visitor", DataTypes.STRING())
                .column("receipt_num", DataTypes.STRING())
                .column("mount", DataTypes.DECIMAL(18, 2))
                .column("tr_datetime", DataTypes.TIMESTAMP(3))
                .watermark("tr_datetime", "tr_datetime - INTERVAL '5' DAY")
                .build();
        tables.createTemporaryView("orders", stream, schema);
        List<String> rows = new ArrayList<>();
        try (CloseableIterator<Row> changes = tables.executeSql(sql).collect()) {
            while (changes.hasNext()) {
                Row row = changes.next();
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < row.getArity(); i++) {
                    values.add(row.getField(i));
                }
                switch (row.getKind()) {
                    case INSERT, UPDATE_AFTER -> rows.add(values.toString());
                    case UPDATE_BEFORE, DELETE -> rows.remove(values.toString());
                }
            }
        }
        return rows;
    }
}
