package io.tributary.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The slices of a view in memory: records and partials are added, merged partials come out. For one thread.
 *
 * @param <R> the record
 */
public final class Slices<R> {
    private final Slicer<R> slicer;
    private final Map<SliceKey, Partial> partials = new HashMap<>();

    Slices(Slicer<R> slicer) {
        this.slicer = slicer;
    }

    public void add(R row) {
        slicer.add(partials.computeIfAbsent(slicer.keyOf(row), key -> slicer.empty()), row);
    }

    public void addAll(Iterable<R> rows) {
        rows.forEach(this::add);
    }

    /** Merges a partial of records that are not in here yet. */
    public void merge(SlicePartial slice) {
        slicer.merge(partials.computeIfAbsent(slice.key(), key -> slicer.empty()), slice.partial());
    }

    public void mergeAll(Iterable<SlicePartial> slices) {
        slices.forEach(this::merge);
    }

    public int size() {
        return partials.size();
    }

    public void clear() {
        partials.clear();
    }

    /** What is in here now. The partials are still owned by this object. */
    public List<SlicePartial> toList() {
        List<SlicePartial> slices = new ArrayList<>(partials.size());
        partials.forEach((key, partial) -> slices.add(new SlicePartial(key, partial)));
        return slices;
    }
}
