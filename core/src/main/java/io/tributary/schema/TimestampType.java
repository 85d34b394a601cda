package io.tributary.schema;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

record TimestampType() implements ColumnType<Instant> {
    static final TimestampType INSTANCE = new TimestampType();

    @Override
    public Class<Instant> javaType() {
        return Instant.class;
    }

    @Override
    public JsonKind jsonKind() {
        return JsonKind.STRING;
    }

    @Override
    public String hiveType() {
        return "timestamp";
    }

    @Override
    public Instant parse(String text) {
        return IsoText.dateTime(text).toInstant(ZoneOffset.UTC);
    }

    @Override
    public Instant normalize(Instant value) {
        if (value.isBefore(IsoText.FIRST) || value.isAfter(IsoText.LAST)) {
            throw new InvalidValueException(value.toString(), IsoText.YEARS);
        }
        return value.truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public String format(Instant value) {
        return IsoText.format(LocalDateTime.ofInstant(normalize(value), ZoneOffset.UTC));
    }

    @Override
    public Comparator<Instant> order() {
        return Comparator.naturalOrder();
    }
}
