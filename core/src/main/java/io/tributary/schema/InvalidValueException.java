package io.tributary.schema;

/** A text is not a value of a column's type. The message names the value, the limit and the fix. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String value;
    private final String requirement;

    /**
     * @param value the text as it was read; long ones are shortened in the message
     * @param requirement what it must be, completing "must be …"
     */
    public InvalidValueException(String value, String requirement) {
        super("Invalid value: %s (must be %s)".formatted(OneLine.shortened(value), requirement));
        this.value = OneLine.shortened(value);
        this.requirement = requirement;
    }

    public String value() {
        return value;
    }

    public String requirement() {
        return requirement;
    }
}
