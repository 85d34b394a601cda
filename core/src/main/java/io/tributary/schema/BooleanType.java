package io.tributary.schema;

import java.util.Comparator;

record BooleanType() implements ColumnType<Boolean> {
    static final BooleanType INSTANCE = new BooleanType();

    @Override
    public Class<Boolean> javaType() {
        return Boolean.class;
    }

    @Override
    public JsonKind jsonKind() {
        return JsonKind.BOOLEAN;
    }

    @Override
    public String hiveType() {
        return "boolean";
    }

    @Override
    public Boolean parse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException(text, "true or false");
        };
    }

    @Override
    public String format(Boolean value) {
        return value.toString();
    }

    @Override
    public Comparator<Boolean> order() {
        return Comparator.naturalOrder();
    }
}
