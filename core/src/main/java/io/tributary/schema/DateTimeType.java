package io.tributary.schema;

import java.time.LocalDateTime;
import java.util.Comparator;

record DateTimeType() implements ColumnType<LocalDateTime> {
    static final DateTimeType INSTANCE = new DateTimeType();

    @Override
    public Class<LocalDateTime> javaType() {
        return LocalDateTime.class;
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
    public LocalDateTime parse(String text) {
        return IsoText.dateTime(text);
    }

    @Override
    public LocalDateTime normalize(LocalDateTime value) {
        return IsoText.toMicros(value);
    }

    @Override
    public String format(LocalDateTime value) {
        return IsoText.format(normalize(value));
    }

    /** That of a window's bound too, which may lie behind the last of the years that a record may name. */
    @Override
    public String wireText(LocalDateTime value) {
        return IsoText.format(value);
    }

    @Override
    public Comparator<LocalDateTime> order() {
        return (a, b) -> a.compareTo(b);
    }
}
