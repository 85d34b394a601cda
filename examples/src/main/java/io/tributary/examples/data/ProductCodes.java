package io.tributary.examples.data;

import java.util.HashSet;
import java.util.Set;

/**
 * Hands out product codes, each once: mostly EANs of 13 digits with the prefix 880, some imports whose code
 * begins with a zero, some EANs of 8 digits, and some codes of 6 or 7 digits that the chain gave itself.
 */
final class ProductCodes {
    private static final int FIRST_MAKER = 2000;
    private static final double IN_HOUSE = 0.015;
    private static final double SHORT = 0.020;
    private static final double IMPORTED = 0.025;

    private final Dice dice;
    private final Set<String> used = new HashSet<>();

    ProductCodes(Dice dice) {
        this.dice = dice;
    }

    /** A code that was not handed out before; the maker's number is part of most codes. */
    String next(int maker) {
        while (true) {
            String code = draw(maker);
            if (used.add(code)) {
                return code;
            }
        }
    }

    private String draw(int maker) {
        double kind = dice.unit();
        if (kind < IN_HOUSE) {
            return digits(6 + dice.below(2));
        }
        if (kind < IN_HOUSE + SHORT) {
            return withCheckDigit("880" + digits(4));
        }
        if (kind < IN_HOUSE + SHORT + IMPORTED) {
            return withCheckDigit("0" + digits(11));
        }
        return withCheckDigit("880" + (FIRST_MAKER + maker) + digits(5));
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + dice.below(10)));
        }
        return digits.toString();
    }

    /** Appends the digit that makes the weighted sum, 3 and 1 by turns from the right, a multiple of ten. */
    static String withCheckDigit(String digits) {
        int sum = 0;
        int weight = 3;
        for (int i = digits.length() - 1; i >= 0; i--) {
            sum += weight * (digits.charAt(i) - '0');
            weight = 4 - weight;
        }
        return digits + (10 - sum % 10) % 10;
    }
}
