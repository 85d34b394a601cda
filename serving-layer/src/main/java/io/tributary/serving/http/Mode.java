package io.tributary.serving.http;

import io.tributary.view.View;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a live view is shown. */
enum Mode {
    /** One row, which is replaced: of a view without dimensions, that of the newest window. */
    SINGLE,
    /** All rows, changed in place. */
    UPDATE,
    /** The rows of closed windows, each once, late ones too. A window is closed when a later slice than its own has data. */
    APPEND;

    static Mode parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        400, "Invalid mode: %s (must be one of %s)".formatted(text, Arrays.toString(values()))));
    }

    /** The modes that make sense of a view. */
    static List<Mode> of(View<?> view) {
        return Arrays.stream(values()).filter(mode -> mode.fits(view)).toList();
    }

    private boolean fits(View<?> view) {
        return switch (this) {
            case SINGLE -> view.dimensions().isEmpty();
            case UPDATE -> true;
            case APPEND -> view.window().eventTime().isPresent();
        };
    }

    void check(View<?> view) {
        if (!fits(view)) {
            throw new ProblemException(
                    400,
                    "Cannot show view %s as %s: it has %s (use one of %s)"
                            .formatted(view.name(), this, this == SINGLE ? "dimensions" : "no windows", of(view)));
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
