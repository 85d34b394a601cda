package io.tributary.examples.bench;

import static io.tributary.retail.EnrichedOrder.DIVISION_NAME;
import static io.tributary.retail.EnrichedOrder.MOUNT;
import static io.tributary.retail.EnrichedOrder.PRODUCT_CD;
import static io.tributary.retail.EnrichedOrder.TR_DATETIME;
import static io.tributary.view.Measure.sum;
import static io.tributary.view.Window.cumulate;
import static io.tributary.view.Window.tumble;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.schema.Column;
import io.tributary.view.View;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What both sides are asked: as a view, and in Flink's SQL. */
enum Question {
    LAB3(RetailViews.HOURLY_CATEGORY_SALES, """
            SELECT window_start, window_end, division_name, maincategory_name, SUM(mount)
            FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR))
            GROUP BY window_start, window_end, division_name, maincategory_name"""),
    LAB5(RetailViews.HOURLY_SALES, """
            SELECT window_start, window_end, SUM(mount)
            FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR))
            GROUP BY window_start, window_end"""),
    LAB6(RetailViews.CUMULATIVE_DAILY_SALES, """
            SELECT window_start, window_end, SUM(mount)
            FROM TABLE(CUMULATE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR, INTERVAL '1' DAY))
            GROUP BY window_start, window_end"""),
    LAB6_BY_DIVISION(
            View.named("cumulative-division-sales")
                    .over(EnrichedOrder.SCHEMA)
                    .window(cumulate(TR_DATETIME).step(ofHours(1)).upTo(ofDays(1)))
                    .groupBy(DIVISION_NAME)
                    .measure("sum_of_mount", sum(MOUNT))
                    .build(),
            """
            SELECT window_start, window_end, division_name, SUM(mount)
            FROM TABLE(CUMULATE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR, INTERVAL '1' DAY))
            GROUP BY window_start, window_end, division_name"""),
    LAB8(RetailViews.HOURLY_TOP3_DIVISIONS, """
            SELECT * FROM (
                SELECT *, ROW_NUMBER() OVER (
                    PARTITION BY window_start, window_end ORDER BY mount DESC, division_name) AS rownum
                FROM (
                    SELECT window_start, window_end, division_name, SUM(mount) AS mount, COUNT(*) AS cnt
                    FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR))
                    GROUP BY window_start, window_end, division_name))
            WHERE rownum <= 3"""),
    PRODUCTS(
            View.named("hourly-product-sales")
                    .over(EnrichedOrder.SCHEMA)
                    .window(tumble(TR_DATETIME).every(ofHours(1)))
                    .groupBy(PRODUCT_CD)
                    .measure("sum_of_mount", sum(MOUNT))
                    .build(),
            """
            SELECT window_start, window_end, product_cd, SUM(mount)
            FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(tr_datetime), INTERVAL '1' HOUR))
            GROUP BY window_start, window_end, product_cd""");

    @SuppressWarnings("ImmutableEnumChecker") // a view is
    private final View<EnrichedOrder> view;

    private final String sql;

    Question(View<EnrichedOrder> view, String sql) {
        this.view = view;
        this.sql = sql;
    }

    View<EnrichedOrder> view() {
        return view;
    }

    String sql() {
        return sql;
    }

    /** The columns that some questions together read. */
    static List<Column<EnrichedOrder, ?>> columnsOf(List<Question> questions) {
        Set<Column<EnrichedOrder, ?>> columns = new LinkedHashSet<>(List.of(TR_DATETIME));
        for (Question question : questions) {
            columns.addAll(question.view.dimensions());
            question.view.aggregates().forEach(aggregate -> columns.addAll(aggregate.columns()));
        }
        return List.copyOf(columns);
    }

    @Override
    public String toString() {
        return this == LAB6_BY_DIVISION
                ? "lab 6 by division"
                : this == PRODUCTS ? "sales by product" : "lab " + name().charAt("LAB".length());
    }
}
