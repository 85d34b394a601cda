package io.tributary.schema;

import java.time.LocalDate;
import java.util.Comparator;

record DateType() implements ColumnType<LocalDate> {
    static final DateType INSTANCE = new DateType();

    @Override
    public Class<LocalDate> javaType() {
        return LocalDate.class;
    }

    @Override
    public JsonKind jsonKind() {
        return JsonKind.STRING;
    }

    @Override
    public String hiveType() {
        return "string";
    }

    @Override
    public LocalDate parse(String text) {
        if (text.length() != IsoText.DATE_LENGTH) {
            throw new InvalidValueException(text, "a day as yyyy-MM-dd");
        }
        return IsoText.date(text);
    }

    @Override
    public LocalDate normalize(LocalDate value) {
        IsoText.checkYear(value.getYear(), value);
        return value;
    }

    @Override
    public String format(LocalDate value) {
        return IsoText.format(normalize(value));
    }

    @Override
    public Comparator<LocalDate> order() {
        return (a, b) -> a.compareTo(b);
    }
}
