package io.tributary.schema;

/** Keeps out what Java's parsers read beyond plain numbers: {@code 1d}, {@code 0x1p3}, digits of other scripts. */
final class NumberText {
    private static final int MAX_LENGTH = 1000;

    private NumberText() {}

    /**
     * The text, if only digits, sign, point and exponent are in it.
     *
     * @throws NumberFormatException if not, or if it is so long that parsing it is itself a burden
     */
    static String check(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new NumberFormatException();
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '-' && c != '.' && c != '+' && c != 'e' && c != 'E') {
                throw new NumberFormatException();
            }
        }
        return text;
    }
}
