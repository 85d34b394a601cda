package io.tributary.retail;

import static io.tributary.retail.EnrichedOrder.DIVISION_NAME;
import static io.tributary.retail.EnrichedOrder.MAINCATEGORY_NAME;
import static io.tributary.retail.EnrichedOrder.MOUNT;
import static io.tributary.retail.EnrichedOrder.POS_NUM;
import static io.tributary.retail.EnrichedOrder.RECEIPT_NUM;
import static io.tributary.retail.EnrichedOrder.STORE_CD;
import static io.tributary.retail.EnrichedOrder.SUBCATEGORY_NAME;
import static io.tributary.retail.EnrichedOrder.TR_DATE;
import static io.tributary.retail.EnrichedOrder.TR_DATETIME;
import static io.tributary.retail.EnrichedOrder.TR_TIME;
import static io.tributary.view.Condition.column;
import static io.tributary.view.Measure.count;
import static io.tributary.view.Measure.distinct;
import static io.tributary.view.Measure.max;
import static io.tributary.view.Measure.sum;
import static io.tributary.view.Window.cumulate;
import static io.tributary.view.Window.tumble;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;

import io.tributary.view.View;
import io.tributary.view.ViewBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The questions that the convenience store asks of its orders, with the columns of the workshop's SQL. */
public final class RetailViews {
    private static final String TOBACCO = "담배";

    /** Lab 2: sales and their number by division, so far. */
    public static final View<EnrichedOrder> DIVISION_SALES = view("division-sales")
            .groupBy(DIVISION_NAME)
            .measure("cnt_of_sales", count())
            .measure("sum_of_sales", sum(MOUNT))
            .build();

    /** Lab 3: sales of each hour by division and main category. */
    public static final View<EnrichedOrder> HOURLY_CATEGORY_SALES = view("hourly-category-sales")
            .window(tumble(TR_DATETIME).every(ofHours(1)))
            .groupBy(DIVISION_NAME, MAINCATEGORY_NAME)
            .measure("sum_of_mount", sum(MOUNT))
            .build();

    /**
     * Lab 4: the last order, the visitors and the sales, so far. A visitor is a receipt of a register
     * of a store on a day, since receipt numbers come round again; the number of distinct receipt
     * numbers alone stands beside it.
     */
    public static final View<EnrichedOrder> TODAY_SALES = view("today-sales")
            .measure("last_tr_datetime", max(TR_DATETIME))
            .measure("visitors", distinct(TR_DATE, STORE_CD, POS_NUM, RECEIPT_NUM))
            .measure("distinct_receipt_num", distinct(RECEIPT_NUM))
            .measure("sum_of_mount", sum(MOUNT))
            .build();

    /** Lab 5: sales of each hour. */
    public static final View<EnrichedOrder> HOURLY_SALES = view("hourly-sales")
            .window(tumble(TR_DATETIME).every(ofHours(1)))
            .measure("sum_of_mount", sum(MOUNT))
            .build();

    /** Lab 6: sales of each day as they grow from hour to hour. */
    public static final View<EnrichedOrder> CUMULATIVE_DAILY_SALES = view("cumulative-daily-sales")
            .window(cumulate(TR_DATETIME).step(ofHours(1)).upTo(ofDays(1)))
            .measure("sum_of_mount", sum(MOUNT))
            .build();

    /** Lab 7: sales of each hour by division with their total, of which those by division above 20,000 are kept. */
    public static final View<EnrichedOrder> HOURLY_DIVISION_SALES_OVER_20000 = view("hourly-division-sales-over-20000")
            .window(tumble(TR_DATETIME).every(ofHours(1)))
            .rollup(DIVISION_NAME)
            .measure("sum_of_mount", sum(MOUNT))
            .having(column(DIVISION_NAME).isNotNull().and(column("sum_of_mount").isGreaterThan(20_000)))
            .build();

    /** Lab 8: the three divisions that sell most in each hour. */
    public static final View<EnrichedOrder> HOURLY_TOP3_DIVISIONS =
            hourlyDivisions("hourly-top3-divisions").top(3).by("mount").build();

    /** Lab 8: the same among all divisions but tobacco. */
    public static final View<EnrichedOrder> HOURLY_TOP3_DIVISIONS_WITHOUT_TOBACCO = hourlyDivisions(
                    "hourly-top3-divisions-without-tobacco")
            .having(column(DIVISION_NAME).isNotIn(TOBACCO))
            .top(3)
            .by("mount")
            .build();

    /** Ad hoc: sales and their number of each day. */
    public static final View<EnrichedOrder> DAILY_SALES = view("daily-sales")
            .groupBy(TR_DATE)
            .measure("cnt_of_daily_sales", count())
            .measure("sum_of_daily_sales", sum(MOUNT))
            .build();

    /** Ad hoc: sales and their number of each hour of each day, the hours in the order of numbers. */
    public static final View<EnrichedOrder> TRADING_HOURS = view("trading-hours")
            .groupBy(TR_DATE, TR_TIME)
            .measure("cnt_of_daily_sales", count())
            .measure("sum_of_daily_sales", sum(MOUNT))
            .build();

    /** Ad hoc: sales and their number by the three levels of categories, greatest first. */
    public static final View<EnrichedOrder> CATEGORY_SALES = view("category-sales")
            .groupBy(DIVISION_NAME, MAINCATEGORY_NAME, SUBCATEGORY_NAME)
            .measure("cnt_of_sales", count())
            .measure("sum_of_sales", sum(MOUNT))
            .descendingBy("sum_of_sales")
            .build();

    private static final List<View<EnrichedOrder>> ALL = List.of(
            DIVISION_SALES,
            HOURLY_CATEGORY_SALES,
            TODAY_SALES,
            HOURLY_SALES,
            CUMULATIVE_DAILY_SALES,
            HOURLY_DIVISION_SALES_OVER_20000,
            HOURLY_TOP3_DIVISIONS,
            HOURLY_TOP3_DIVISIONS_WITHOUT_TOBACCO,
            DAILY_SALES,
            TRADING_HOURS,
            CATEGORY_SALES);

    private static final Map<String, View<EnrichedOrder>> LABS = labs();

    private RetailViews() {}

    /** All views, in the order of the labs, then of the ad-hoc queries. */
    public static List<View<EnrichedOrder>> all() {
        return ALL;
    }

    /** The views by the names of their labs, {@code lab2} to {@code lab8} and {@code lab8-no-tobacco}. */
    public static Map<String, View<EnrichedOrder>> byLab() {
        return new LinkedHashMap<>(LABS);
    }

    /** The view of a name or a lab. */
    public static Optional<View<EnrichedOrder>> find(String name) {
        return ALL.stream()
                .filter(view -> view.name().equals(name))
                .findFirst()
                .or(() -> Optional.ofNullable(LABS.get(name)));
    }

    private static Map<String, View<EnrichedOrder>> labs() {
        Map<String, View<EnrichedOrder>> labs = new LinkedHashMap<>();
        labs.put("lab2", DIVISION_SALES);
        labs.put("lab3", HOURLY_CATEGORY_SALES);
        labs.put("lab4", TODAY_SALES);
        labs.put("lab5", HOURLY_SALES);
        labs.put("lab6", CUMULATIVE_DAILY_SALES);
        labs.put("lab7", HOURLY_DIVISION_SALES_OVER_20000);
        labs.put("lab8", HOURLY_TOP3_DIVISIONS);
        labs.put("lab8-no-tobacco", HOURLY_TOP3_DIVISIONS_WITHOUT_TOBACCO);
        return labs;
    }

    private static ViewBuilder<EnrichedOrder> view(String name) {
        return View.named(name).over(EnrichedOrder.SCHEMA);
    }

    private static ViewBuilder<EnrichedOrder> hourlyDivisions(String name) {
        return view(name)
                .window(tumble(TR_DATETIME).every(ofHours(1)))
                .groupBy(DIVISION_NAME)
                .measure("mount", sum(MOUNT))
                .measure("cnt", count());
    }
}
