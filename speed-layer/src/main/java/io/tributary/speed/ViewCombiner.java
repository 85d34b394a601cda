package io.tributary.speed;

import io.tributary.view.Partial;
import io.tributary.view.Slicer;
import io.tributary.view.View;
import org.jspecify.annotations.Nullable;

/** The partials of a view. */
final class ViewCombiner<R> implements Combiner<R, Partial> {
    private static final long serialVersionUID = 1L;

    private final View<R> view;
    private transient @Nullable Slicer<R> slicer;

    ViewCombiner(View<R> view) {
        this.view = view;
    }

    private Slicer<R> slicer() {
        Slicer<R> known = slicer;
        if (known == null) {
            known = view.slicer();
            slicer = known;
        }
        return known;
    }

    @Override
    public Partial create() {
        return slicer().empty();
    }

    @Override
    public Partial add(Partial partial, R row) {
        slicer().add(partial, row);
        return partial;
    }

    @Override
    public Partial merge(Partial into, Partial other) {
        try {
            slicer().merge(into, other);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "Cannot merge partials of view %s: %s".formatted(view.name(), e.getMessage()), e);
        }
        return into;
    }

    @Override
    public Partial copy(Partial partial) {
        return slicer().copy(partial);
    }
}
