package io.tributary.schema;

import java.util.Comparator;

/** A finite floating-point number; negative zero is read as zero, so that the order is that of equality. */
record DoubleType() implements ColumnType<Double> {
    static final DoubleType INSTANCE = new DoubleType();

    @Override
    public Class<Double> javaType() {
        return Double.class;
    }

    @Override
    public JsonKind jsonKind() {
        return JsonKind.NUMBER;
    }

    @Override
    public String hiveType() {
        return "double";
    }

    @Override
    public Double parse(String text) {
        try {
            return normalize(Double.valueOf(NumberText.check(text)));
        } catch (NumberFormatException e) {
            throw new InvalidValueException(text, "a finite number");
        }
    }

    @Override
    public Double normalize(Double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidValueException(value.toString(), "a finite number");
        }
        return value + 0.0;
    }

    @Override
    public String format(Double value) {
        return value.toString();
    }

    @Override
    public Comparator<Double> order() {
        return Comparator.naturalOrder();
    }
}
