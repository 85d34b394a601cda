package io.tributary.examples.pipeline;

import static io.tributary.retail.EnrichedOrder.MOUNT;
import static io.tributary.retail.EnrichedOrder.POS_NUM;
import static io.tributary.retail.EnrichedOrder.RECEIPT_NUM;
import static io.tributary.retail.EnrichedOrder.STORE_CD;
import static io.tributary.retail.EnrichedOrder.TR_DATETIME;
import static io.tributary.view.Measure.distinct;
import static io.tributary.view.Measure.max;
import static io.tributary.view.Measure.sum;
import static io.tributary.view.Window.tumble;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the dashboard shows: the workshop's views, and each day's last order, visitors and sales. */
public final class DashboardViews {
    /** As lab 4, but of each day. */
    public static final View<EnrichedOrder> DAY_SALES = View.named("day-sales")
            .over(EnrichedOrder.SCHEMA)
            .window(tumble(TR_DATETIME).every(Duration.ofDays(1)))
            .measure("last_tr_datetime", max(TR_DATETIME))
            .measure("visitors", distinct(STORE_CD, POS_NUM, RECEIPT_NUM))
            .measure("sum_of_mount", sum(MOUNT))
            .build();

    private DashboardViews() {}

    /** The view of a name or a lab. */
    public static Optional<View<EnrichedOrder>> find(String name) {
        return name.equals(DAY_SALES.name()) ? Optional.of(DAY_SALES) : RetailViews.find(name);
    }

    /** All of them; the workshop's first. */
    public static List<View<EnrichedOrder>> all() {
        List<View<EnrichedOrder>> views = new ArrayList<>(RetailViews.all());
        views.add(DAY_SALES);
        return List.copyOf(views);
    }
}
