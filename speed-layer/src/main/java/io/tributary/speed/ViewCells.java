package io.tributary.speed;

import io.tributary.view.SliceKey;
import io.tributary.view.Slicer;
import io.tributary.view.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells of a view: its slices and dimensions. */
final class ViewCells<R> implements Cell.Of<R, List<@Nullable Object>> {
    private static final long serialVersionUID = 1L;

    private final View<R> view;
    private transient @Nullable Slicer<R> slicer;

    ViewCells(View<R> view) {
        this.view = view;
    }

    SliceKey keyOf(R row) {
        Slicer<R> known = slicer;
        if (known == null) {
            known = view.slicer();
            slicer = known;
        }
        return known.keyOf(row);
    }

    @Override
    public Cell<List<@Nullable Object>> cell(R row) {
        return Cell.of(keyOf(row));
    }
}
