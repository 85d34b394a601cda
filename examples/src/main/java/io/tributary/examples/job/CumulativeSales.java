package io.tributary.examples.job;

import io.tributary.retail.RetailViews;
import io.tributary.schema.Column;
import io.tributary.schema.Schema;
import io.tributary.view.Row;
import io.tributary.view.TimeRange;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of lab 6's summary: the sales of a day up to an hour, in the store's time.
 *
 * @param sum null when nothing was sold
 */
public record CumulativeSales(
        LocalDateTime windowStart,
        LocalDateTime windowEnd,
        @Nullable BigDecimal sum) {
    public static final Schema<CumulativeSales> SCHEMA = Schema.of(
            "timely_cumulate_sum_of_sales",
            CumulativeSales.class,
            Column.dateTime("window_start", CumulativeSales::windowStart),
            Column.dateTime("window_end", CumulativeSales::windowEnd),
            Column.decimal("sum_of_mount", 38, 2, CumulativeSales::sum).optional());

    /** Reads a row of {@link RetailViews#CUMULATIVE_DAILY_SALES}. */
    static CumulativeSales of(Row row) {
        TimeRange window = Objects.requireNonNull(row.window());
        return new CumulativeSales(
                window.start(), window.end(), (BigDecimal) row.measures().get(0));
    }
}
