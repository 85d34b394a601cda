package io.tributary.config;

import java.util.List;

/**
 * All that is wrong with a configuration. The message has a line for each problem, with the key, the value, the
 * limit and the fix. What is given for a text is never shown, but for what the options record itself tells of it.
 */
public final class ConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    ConfigurationException(List<String> problems) {
        super("Invalid configuration:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The lines of the message, one for each problem. */
    public List<String> problems() {
        return problems;
    }
}
