package io.tributary.schema;

import java.util.Comparator;

record IntegerType() implements ColumnType<Integer> {
    static final IntegerType INSTANCE = new IntegerType();

    @Override
    public Class<Integer> javaType() {
        return Integer.class;
    }

    @Override
    public JsonKind jsonKind() {
        return JsonKind.NUMBER;
    }

    @Override
    public String hiveType() {
        return "int";
    }

    @Override
    public Integer parse(String text) {
        try {
            return Integer.valueOf(NumberText.check(text));
        } catch (NumberFormatException e) {
            throw new InvalidValueException(text, "an integer from -2147483648 to 2147483647");
        }
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
