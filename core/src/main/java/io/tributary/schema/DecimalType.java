package io.tributary.schema;

import java.math.BigDecimal;
import java.util.Comparator;

/** An exact decimal; values carry exactly {@code scale} fraction digits, so that equal amounts are equal objects. */
record DecimalType(int precision, int scale) implements ColumnType<BigDecimal> {
    private static final int MAX_PRECISION = 38;

    DecimalType {
        if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
            throw new IllegalArgumentException(
                    "Invalid decimal(%d,%d): precision must be 1 to 38 and scale 0 to precision"
                            .formatted(precision, scale));
        }
    }

    @Override
    public Class<BigDecimal> javaType() {
        return BigDecimal.class;
    }

    @Override
    public JsonKind jsonKind() {
        return JsonKind.NUMBER;
    }

    @Override
    public String hiveType() {
        return "decimal(%s,%s)".formatted(precision, scale);
    }

    @Override
    public BigDecimal parse(String text) {
        BigDecimal value;
        try {
            value = new BigDecimal(NumberText.check(text));
        } catch (NumberFormatException e) {
            throw invalid(text);
        }
        return fit(value, text);
    }

    @Override
    public BigDecimal normalize(BigDecimal value) {
        return fit(value, value);
    }

    private BigDecimal fit(BigDecimal value, Object shown) {
        if (value.scale() == scale && value.precision() <= precision) {
            return value;
        }
        if (value.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        // Digits before the point, found without expanding an exponent such as 1e999999999.
        long integerDigits = (long) value.precision() - value.scale();
        if (integerDigits > precision - scale) {
            throw invalid(shown.toString());
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() > scale) {
            throw invalid(shown.toString());
        }
        return stripped.setScale(scale);
    }

    private InvalidValueException invalid(String text) {
        return new InvalidValueException(
                text,
                "a number of at most %d digits before the point and %d behind it".formatted(precision - scale, scale));
    }

    /** At the full scale, as SQL engines write it: {@code 1000.00}. */
    @Override
    public String format(BigDecimal value) {
        return normalize(value).toPlainString();
    }

    /** Plain notation with at least one fraction digit: {@code 1000.0}, {@code 12.5}, {@code 0.25}. */
    @Override
    public String wireText(BigDecimal value) {
        String plain = value.toPlainString();
        if (value.scale() < 1) {
            return plain + ".0";
        }
        int end = plain.length();
        while (plain.charAt(end - 1) == '0' && plain.charAt(end - 2) != '.') {
            end--;
        }
        return plain.substring(0, end);
    }

    @Override
    public Comparator<BigDecimal> order() {
        return Comparator.naturalOrder();
    }

    @Override
    public boolean isExactNumber() {
        return true;
    }
}
