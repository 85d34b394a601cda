package io.tributary.schema;

import org.jspecify.annotations.Nullable;

/**
 * Why an input is not a record, in one line: where it stood, which field, what was there and what must be. Control
 * characters are escaped, as it may go to a terminal.
 *
 * @param line the line in its source, from 1; 0 where there are no lines
 * @param field the wire name of the field at fault, or null when the whole input is
 * @param value what was read there, shortened, or null when nothing was
 * @param reason what it must be
 */
public record Rejection(
        long line, @Nullable String field, @Nullable String value, String reason) {

    public Rejection {
        value = value == null ? null : OneLine.shortened(value);
        reason = OneLine.of(reason);
    }

    /** Why a text is no value: its field, or null when the record refused it. */
    public static Rejection of(long line, @Nullable String field, InvalidValueException invalid) {
        return new Rejection(line, field, invalid.value(), "must be " + invalid.requirement());
    }

    /** As one line for a log or an error prefix. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (line > 0) {
            text.append("line ").append(line).append(": ");
        }
        if (field != null) {
            text.append(field).append(": ");
        }
        if (value != null) {
            text.append(value).append(": ");
        }
        return text.append(reason).toString();
    }
}
