package io.tributary.examples.command;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.View;
import java.util.Locale;

/** The workshop's three ad-hoc queries. */
enum AdHoc {
    DAILY,
    HOURLY,
    CATEGORY;

    View<EnrichedOrder> view() {
        return switch (this) {
            case DAILY -> RetailViews.DAILY_SALES;
            case HOURLY -> RetailViews.TRADING_HOURS;
            case CATEGORY -> RetailViews.CATEGORY_SALES;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
