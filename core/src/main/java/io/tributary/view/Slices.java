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
    private final Map<SliceKey, MergedPartial> partials = new HashMap<>();

    Slices(Slicer<R> slicer) {
        this.slicer = slicer;
    }

    public void add(R row) {
        slicer.add(at(slicer.keyOf(row)).toChange(), row);
    }

    public void addAll(Iterable<R> rows) {
        rows.forEach(this::add);
    }

    /** Merges a partial of records that are not in here yet; it stays as it is. */
    public void merge(SlicePartial slice) {
        at(slice.key()).merge(slice.partial());
    }

    public void mergeAll(Iterable<SlicePartial> slices) {
        slices.forEach(this::merge);
    }

    private MergedPartial at(SliceKey key) {
        return partials.computeIfAbsent(key, unused -> new MergedPartial(slicer));
    }

    public int size() {
        return partials.size();
    }

    /** What is in here now, to be read before more is added: the partials are not copies. */
    public List<SlicePartial> toList() {
        List<SlicePartial> slices = new ArrayList<>(partials.size());
        partials.forEach((key, merged) -> slices.add(new SlicePartial(key, merged.get())));
        return slices;
    }
}
