package io.tributary.speed;

import io.tributary.view.Row;
import io.tributary.view.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A view's rows, put together from its changes. For one thread. */
public final class RowTable {
    private final View<?> view;
    private final Map<RowChange.Key, Row> rows = new HashMap<>();

    public RowTable(View<?> view) {
        this.view = view;
    }

    /**
     * Makes a change.
     *
     * @throws IllegalStateException when the row before it is not the one that is there: a change was lost or repeated
     */
    public void apply(RowChange change) {
        RowChange.Key key = change.key();
        @Nullable Row after = change.after().orElse(null);
        @Nullable Row there = after == null ? rows.remove(key) : rows.put(key, after);
        @Nullable Row before = change.before().orElse(null);
        if (before == null ? there != null : !before.equals(there)) {
            throw new IllegalStateException(
                    "Cannot apply %s to view %s: %s is there".formatted(change, view.name(), there));
        }
    }

    /** The present rows, in the view's order. */
    public List<Row> rows() {
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(view.order());
        return sorted;
    }
}
