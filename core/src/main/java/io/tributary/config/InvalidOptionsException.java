package io.tributary.config;

import java.util.List;

/**
 * All that is wrong with options, whether they were set by code or read from properties. The message has a line for
 * each problem, with the option, its value, the limit and the fix. A secret is never shown.
 */
public final class InvalidOptionsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    InvalidOptionsException(List<String> problems) {
        super("Invalid " + String.join("\nInvalid ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The lines of the message, each without its 'Invalid': {@code requests: 99 (must be from 1 to 50)}. */
    public List<String> problems() {
        return problems;
    }
}
