package io.tributary.serving.http;

import io.tributary.serving.Answer;
import io.tributary.view.Row;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a live stream wants to see of a view. Windows are wholly in a range or not, and do not depend on each
 * other, so that choosing among the rows of all windows is the same as reading the range.
 *
 * @param last how many of the newest windows; 0 for all
 */
record Selection(Mode mode, TimeRange range, int last) {
    static final int MOST_WINDOWS = 100_000;

    Selection {
        if (last < 0 || last > MOST_WINDOWS) {
            throw new ProblemException(
                    400, "Invalid last: %d (must be 0 to %d; 0 for all windows)".formatted(last, MOST_WINDOWS));
        }
    }

    /** The places of the chosen rows in an answer, ascending. */
    List<Integer> choose(View<?> view, Answer answer) {
        List<Row> rows = answer.rows();
        List<Integer> chosen = new ArrayList<>();
        Set<@Nullable TimeRange> windows = new HashSet<>();
        @Nullable LocalDateTime reached = answer.reached().orElse(null);
        for (int i = rows.size() - 1; i >= 0; i--) {
            @Nullable TimeRange window = rows.get(i).window();
            if (window != null && !range.contains(window) || !shows(view, window, reached)) {
                continue;
            }
            if (last > 0 && windows.add(window) && windows.size() > last) {
                break;
            }
            chosen.add(i);
            if (mode == Mode.SINGLE) {
                break;
            }
        }
        Collections.reverse(chosen);
        return chosen;
    }

    private boolean shows(View<?> view, @Nullable TimeRange window, @Nullable LocalDateTime reached) {
        if (window == null || reached == null) {
            return true;
        }
        return switch (mode) {
            case SINGLE ->
                !window.end().isAfter(reached.plusSeconds(view.window().sliceSeconds()));
            case UPDATE -> true;
            case APPEND -> !window.end().isAfter(reached);
        };
    }
}
