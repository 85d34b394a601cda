package io.tributary.batch.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Parameters as Athena takes them: each the text of a literal, in which a text stands in quotes. */
final class AthenaLiterals {
    private static final int LONGEST = 1024;

    private AthenaLiterals() {}

    static List<String> of(List<Object> parameters) {
        List<String> literals = new ArrayList<>(parameters.size());
        for (Object parameter : parameters) {
            String literal = of(parameter, literals.size() + 1);
            if (literal.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "Invalid parameter %d: its literal has %d characters (Athena takes at most %d; shorten it)"
                                .formatted(literals.size() + 1, literal.length(), LONGEST));
            }
            literals.add(literal);
        }
        return literals;
    }

    private static String of(Object parameter, int number) {
        if (parameter instanceof String text) {
            return "'" + text.replace("'", "''") + "'";
        }
        if (parameter instanceof Integer || parameter instanceof Long) {
            return parameter.toString();
        }
        if (parameter instanceof BigDecimal decimal) {
            return "decimal '%s'".formatted(decimal.toPlainString());
        }
        if (parameter instanceof BigInteger integer) {
            return "decimal '%s'".formatted(integer);
        }
        throw new IllegalArgumentException("Invalid parameter %d: %s, a %s (must be a text, an integer or a decimal)"
                .formatted(number, parameter, parameter.getClass().getSimpleName()));
    }
}
