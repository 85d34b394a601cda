package io.tributary.schema;

import java.util.Comparator;

record YesNoType() implements ColumnType<Boolean> {
    static final YesNoType INSTANCE = new YesNoType();

    @Override
    public Class<Boolean> javaType() {
        return Boolean.class;
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
    public Boolean parse(String text) {
        return switch (text) {
            case "Y" -> true;
            case "N" -> false;
            default -> throw new InvalidValueException(text, "Y or N");
        };
    }

    @Override
    public String format(Boolean value) {
        return value ? "Y" : "N";
    }

    @Override
    public Comparator<Boolean> order() {
        return Comparator.naturalOrder();
    }
}
