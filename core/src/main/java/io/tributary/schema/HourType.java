package io.tributary.schema;

import java.util.Comparator;

record HourType() implements ColumnType<Integer> {
    static final HourType INSTANCE = new HourType();

    @Override
    public Class<Integer> javaType() {
        return Integer.class;
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
    public Integer parse(String text) {
        int hour = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i > 1) {
                throw invalid(text);
            }
            hour = hour * 10 + (c - '0');
        }
        if (text.isEmpty() || hour > 23) {
            throw invalid(text);
        }
        return hour;
    }

    @Override
    public Integer normalize(Integer value) {
        if (value < 0 || value > 23) {
            throw invalid(value.toString());
        }
        return value;
    }

    private static InvalidValueException invalid(String text) {
        return new InvalidValueException(text, "an hour from 0 to 23");
    }

    @Override
    public String format(Integer value) {
        return value.toString();
    }

    @Override
    public Comparator<Integer> order() {
        return Comparator.naturalOrder();
    }

    @Override
    public boolean isExactNumber() {
        return true;
    }
}
