package io.tributary.view;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A record with a column of every type, nearly all of which it may lack. */
record Sale(
        @Nullable String shop,
        @Nullable String till,
        @Nullable Integer pieces,
        @Nullable Long points,
        @Nullable BigDecimal amount,
        @Nullable Double weight,
        @Nullable Boolean own,
        @Nullable LocalDate day,
        @Nullable LocalDateTime seen,
        LocalDateTime time,
        Instant sent) {
    static final Column<Sale, String> SHOP = Column.text("shop", Sale::shop).optional();
    static final Column<Sale, String> TILL = Column.text("till", Sale::till).optional();
    static final Column<Sale, Integer> PIECES =
            Column.integer("pieces", Sale::pieces).optional();
    static final Column<Sale, Long> POINTS =
            Column.of("points", ColumnType.longInteger(), Sale::points).optional();
    static final Column<Sale, BigDecimal> AMOUNT =
            Column.decimal("amount", 18, 2, Sale::amount).optional();
    static final Column<Sale, Double> WEIGHT =
            Column.of("weight", ColumnType.doublePrecision(), Sale::weight).optional();
    static final Column<Sale, Boolean> OWN =
            Column.of("own", ColumnType.bool(), Sale::own).optional();
    static final Column<Sale, LocalDate> DAY = Column.date("day", Sale::day).optional();
    static final Column<Sale, LocalDateTime> SEEN =
            Column.dateTime("seen", Sale::seen).optional();
    static final Column<Sale, LocalDateTime> TIME = Column.dateTime("time", Sale::time);
    static final Column<Sale, Instant> SENT = Column.timestamp("sent", Sale::sent);

    static final Schema<Sale> SCHEMA =
            Schema.of("sale", Sale.class, SHOP, TILL, PIECES, POINTS, AMOUNT, WEIGHT, OWN, DAY, SEEN, TIME, SENT);

    private static final LocalDateTime EPOCH = LocalDateTime.parse("1970-01-01T00:00:00");

    /** A sale that has nothing but a time. */
    static Sale at(String time) {
        LocalDateTime at = LocalDateTime.parse(time);
        return new Sale(null, null, null, null, null, null, null, null, null, at, Instant.EPOCH);
    }

    static Sale at(long second) {
        return at(EPOCH.plusSeconds(second).toString());
    }

    Sale withShop(@Nullable String newShop) {
        return new Sale(newShop, till, pieces, points, amount, weight, own, day, seen, time, sent);
    }

    Sale withTill(@Nullable String newTill) {
        return new Sale(shop, newTill, pieces, points, amount, weight, own, day, seen, time, sent);
    }

    Sale withPieces(@Nullable Integer newPieces) {
        return new Sale(shop, till, newPieces, points, amount, weight, own, day, seen, time, sent);
    }

    Sale withPoints(@Nullable Long newPoints) {
        return new Sale(shop, till, pieces, newPoints, amount, weight, own, day, seen, time, sent);
    }

    Sale withAmount(String newAmount) {
        return new Sale(shop, till, pieces, points, new BigDecimal(newAmount), weight, own, day, seen, time, sent);
    }

    Sale withSent(String newSent) {
        return new Sale(shop, till, pieces, points, amount, weight, own, day, seen, time, Instant.parse(newSent));
    }
}
