package io.tributary.schema;

import java.util.Comparator;

record LongType() implements ColumnType<Long> {
    static final LongType INSTANCE = new LongType();

    @Override
    public Class<Long> javaType() {
        return Long.class;
    }

    @Override
    public JsonKind jsonKind() {
        return JsonKind.NUMBER;
    }

    @Override
    public String hiveType() {
        return "bigint";
    }

    @Override
    public Long parse(String text) {
        try {
            return Long.valueOf(NumberText.check(text));
        } catch (NumberFormatException e) {
            throw new InvalidValueException(text, "an integer from -9223372036854775808 to 9223372036854775807");
        }
    }

    @Override
    public String format(Long value) {
        return value.toString();
    }

    @Override
    public Comparator<Long> order() {
        return Comparator.naturalOrder();
    }

    @Override
    public boolean isExactNumber() {
        return true;
    }
}
