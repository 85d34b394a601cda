package io.tributary.schema;

/** A text is not a value of a column's type. The message names the value, the limit and the fix. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 60;

    private final String value;
    private final String requirement;

    /**
     * @param value the text as it was read; long ones are shortened in the message
     * @param requirement what it must be, completing "must be …"
     */
    public InvalidValueException(String value, String requirement) {
        super("Invalid value: %s (must be %s)".formatted(shorten(value), requirement));
        this.value = shorten(value);
        this.requirement = requirement;
    }

    public String value() {
        return value;
    }

    public String requirement() {
        return requirement;
    }

    /** At most {@link #SHOWN} characters, in one line. */
    private static String shorten(String text) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (int count = 0; at < text.length() && count < SHOWN; count++) {
            int c = text.codePointAt(at);
            if (Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                shown.append("\\u%04x".formatted(c));
            } else {
                shown.appendCodePoint(c);
            }
            at += Character.charCount(c);
        }
        return at < text.length() ? shown.append('…').toString() : shown.toString();
    }
}
