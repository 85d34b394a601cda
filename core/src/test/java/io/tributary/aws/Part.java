package io.tributary.aws;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A record with a column of each kind, some of them optional. */
record Part(
        String code,
        @Nullable String name,
        int pieces,
        @Nullable BigDecimal price,
        boolean loose,
        @Nullable Boolean sold,
        @Nullable Double weight,
        @Nullable LocalDate since,
        @Nullable Instant seen) {
    static final Column<Part, String> CODE = Column.text("code", Part::code);

    static final Schema<Part> SCHEMA = Schema.of(
            "parts",
            Part.class,
            CODE,
            Column.text("name", Part::name).optional(),
            Column.integer("pieces", Part::pieces),
            Column.decimal("price", 12, 2, Part::price).optional(),
            Column.of("loose", ColumnType.yesNo(), Part::loose),
            Column.of("sold", ColumnType.bool(), Part::sold).optional(),
            Column.of("weight", ColumnType.doublePrecision(), Part::weight).optional(),
            Column.date("since", Part::since).optional(),
            Column.timestamp("seen", Part::seen).optional());

    static final DynamoItems<Part> ITEMS = DynamoItems.of(SCHEMA, CODE);

    static Part named(String code, String name) {
        return new Part(code, name, 1, null, false, null, null, null, null);
    }

    static Part full(String code) {
        return new Part(
                code,
                "나사 \"🔩\"",
                12,
                new BigDecimal("1000.50"),
                true,
                false,
                0.25,
                LocalDate.of(2015, 1, 2),
                Instant.parse("2023-09-07T04:33:10.472585Z"));
    }
}
