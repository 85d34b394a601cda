package io.tributary.examples.lab;

import java.util.Locale;

/** How a result that goes on is shown, in the terms of the workshop's notebook. */
public enum Display {
    SINGLE("one row, which is replaced"),
    UPDATE("rows by their key, changed in place"),
    APPEND("rows that are only added, as windows close");

    private final String meaning;

    Display(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String toString() {
        return "%s (%s)".formatted(name().toLowerCase(Locale.ROOT), meaning);
    }
}
