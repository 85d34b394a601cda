package io.tributary.serving.http;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.serving.Answer;
import io.tributary.serving.Coverage;
import io.tributary.view.Origin;
import io.tributary.view.Row;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Answers of two views that are made by hand. */
final class Answers {
    /** One row an hour. */
    static final View<EnrichedOrder> HOURLY = RetailViews.HOURLY_SALES;
    /** One row a division, in no window. */
    static final View<EnrichedOrder> DIVISIONS = RetailViews.DIVISION_SALES;

    static final Coverage COVERAGE =
            new Coverage(Instant.MIN, Optional.empty(), Optional.empty(), false, List.of(), Optional.empty());
    private static final LocalDateTime DAY = LocalDateTime.parse("2015-01-02T00:00:00");

    private Answers() {}

    static LocalDateTime hour(int hour) {
        return DAY.plusHours(hour);
    }

    /** The sales of the hour that starts then. */
    static Row sales(int hour, long mount) {
        return new Row(
                new TimeRange(hour(hour), hour(hour + 1)), List.of(), 0, List.of(BigDecimal.valueOf(mount, 2)), 0);
    }

    static Row division(String name, long sales) {
        return new Row(null, List.of(name), 1, List.of(sales, BigDecimal.valueOf(sales, 2)), 0);
    }

    static Answer hourly(Optional<LocalDateTime> reached, Row... rows) {
        return answer(HOURLY, reached, rows);
    }

    static Answer divisions(Row... rows) {
        return answer(DIVISIONS, Optional.empty(), rows);
    }

    private static Answer answer(View<?> view, Optional<LocalDateTime> reached, Row... rows) {
        return new Answer(
                view.columns(), List.of(rows), Collections.nCopies(rows.length, Origin.SPEED), reached, COVERAGE);
    }
}
