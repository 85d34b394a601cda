package io.tributary.batch;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A record with every type of column, all of them optional but the two times. */
record Reading(
        LocalDateTime at,
        Instant sent,
        @Nullable String text,
        @Nullable Integer small,
        @Nullable Long big,
        @Nullable BigDecimal exact,
        @Nullable Double rough,
        @Nullable Boolean flag,
        @Nullable Integer hour,
        @Nullable Boolean yes,
        @Nullable LocalDateTime seen) {
    static final Column<Reading, LocalDateTime> AT = Column.dateTime("at", Reading::at);
    static final Column<Reading, Instant> SENT = Column.timestamp("sent", Reading::sent);
    static final Column<Reading, String> TEXT =
            Column.text("text", Reading::text).optional();
    static final Column<Reading, Integer> SMALL =
            Column.integer("small", Reading::small).optional();
    static final Column<Reading, Long> BIG =
            Column.of("big", ColumnType.longInteger(), Reading::big).optional();
    static final Column<Reading, BigDecimal> EXACT =
            Column.decimal("exact", 30, 6, Reading::exact).optional();
    static final Column<Reading, Double> ROUGH =
            Column.of("rough", ColumnType.doublePrecision(), Reading::rough).optional();
    static final Column<Reading, Boolean> FLAG =
            Column.of("flag", ColumnType.bool(), Reading::flag).optional();
    static final Column<Reading, Integer> HOUR =
            Column.of("hour", ColumnType.hour(), Reading::hour).optional();
    static final Column<Reading, Boolean> YES =
            Column.of("yes", ColumnType.yesNo(), Reading::yes).optional();
    static final Column<Reading, LocalDateTime> SEEN =
            Column.dateTime("seen", Reading::seen).optional();
    static final Schema<Reading> SCHEMA =
            Schema.of("reading", Reading.class, AT, SENT, TEXT, SMALL, BIG, EXACT, ROUGH, FLAG, HOUR, YES, SEEN);
}
