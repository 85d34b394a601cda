package io.tributary.view;

import org.jspecify.annotations.Nullable;

/** Merges partials, which stay as they are; makes one of its own only when there is something to merge. */
final class MergedPartial {
    private final Slicer<?> slicer;
    private @Nullable Partial partial;
    private boolean own;
    private @Nullable Origin origin;

    MergedPartial(Slicer<?> slicer) {
        this.slicer = slicer;
    }

    void merge(Partial other) {
        if (partial == null) {
            partial = other;
        } else {
            slicer.merge(toChange(), other);
        }
    }

    void merge(Partial other, Origin of) {
        merge(other);
        origin = of.and(origin);
    }

    /** The layers of which partials were merged; {@link Origin#BATCH} for none. */
    Origin origin() {
        return origin == null ? Origin.BATCH : origin;
    }

    /** What has been merged so far; for reading. */
    Partial get() {
        return partial == null ? toChange() : partial;
    }

    /** What has been merged so far, as a partial that may be changed. */
    Partial toChange() {
        Partial now = partial;
        if (now == null || !own) {
            now = now == null ? slicer.empty() : slicer.copy(now);
            partial = now;
            own = true;
        }
        return now;
    }
}
