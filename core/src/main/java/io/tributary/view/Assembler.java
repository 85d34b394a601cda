package io.tributary.view;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the slices of a view into its rows: slices to windows, windows to totals, then the having
 * condition, the ranking and the order. A pure function of the set of slices.
 */
final class Assembler<R> {
    private final View<R> view;
    private final Slicer<R> slicer;
    private final List<Measure<R, ?>> measures;
    private final int[][] statesOfMeasures;
    private final Condition.@Nullable Test having;
    private final Comparator<Row> inWindow;
    private final Comparator<Row> order;

    /** A window's bounds in wall-clock seconds; ordered by start, then end. */
    private record Span(long start, long end) implements Comparable<Span> {
        @Override
        public int compareTo(Span other) {
            int byStart = Long.compare(start, other.start);
            return byStart != 0 ? byStart : Long.compare(end, other.end);
        }

        boolean within(TimeRange range) {
            return range.equals(TimeRange.all()) || range.contains(toRange());
        }

        TimeRange toRange() {
            return TimeRange.ofSeconds(start, end);
        }
    }

    private record Found(Row row, Origin origin) {}

    Assembler(View<R> view) {
        this.view = view;
        this.slicer = view.slicer();
        this.measures = List.copyOf(view.measures().values());
        this.statesOfMeasures = measures.stream()
                .map(measure -> measure.aggregates().stream()
                        .mapToInt(view.aggregates()::indexOf)
                        .toArray())
                .toArray(int[][]::new);
        this.having = view.having()
                .map(condition -> condition.over(view.unrankedColumns()))
                .orElse(null);
        this.inWindow = inWindow();
        this.order = byWindow().thenComparing(inWindow);
    }

    List<Row> rows(Collection<SlicePartial> slices, TimeRange range) {
        List<Row> rows = new ArrayList<>();
        forEachRow(slices, List.of(), range, (row, origin) -> rows.add(row));
        return rows;
    }

    void forEachRow(
            Collection<SlicePartial> batch,
            Collection<SlicePartial> speed,
            TimeRange range,
            BiConsumer<Row, Origin> rows) {
        if (view.window().eventTime().isEmpty() && !range.equals(TimeRange.all())) {
            throw new IllegalArgumentException("Cannot read view %s from %s to %s: it has no windows (read all of it)"
                    .formatted(view.name(), range.start(), range.end()));
        }
        NavigableMap<Span, Map<List<@Nullable Object>, MergedPartial>> windows = new TreeMap<>();
        if (view.window() instanceof Window.Tumble || view.window() instanceof Window.None) {
            // Windows that are one slice each.
            Map<Long, Map<List<@Nullable Object>, MergedPartial>> bySlice = new HashMap<>();
            addBySlice(batch, Origin.BATCH, bySlice);
            addBySlice(speed, Origin.SPEED, bySlice);
            bySlice.forEach((slice, groups) -> view.window().windowsOf(slice, (start, end) -> {
                Span span = new Span(start, end);
                if (span.within(range)) {
                    windows.put(span, groups);
                }
            }));
        } else {
            Map<List<@Nullable Object>, NavigableMap<Long, MergedPartial>> byDimensions = new HashMap<>();
            addByDimensions(batch, Origin.BATCH, byDimensions);
            addByDimensions(speed, Origin.SPEED, byDimensions);
            byDimensions.forEach((dimensions, ofKey) -> spread(dimensions, ofKey, range, windows));
        }
        windows.forEach(
                (span, groups) -> addRows(view.window().eventTime().isPresent() ? span.toRange() : null, groups, rows));
    }

    List<Row> windowRows(@Nullable TimeRange window, Map<List<@Nullable Object>, Partial> partials) {
        Map<List<@Nullable Object>, MergedPartial> groups = new HashMap<>();
        partials.forEach((dimensions, partial) -> addToGroups(dimensions, partial, Origin.SPEED, groups));
        List<Row> rows = new ArrayList<>(groups.size());
        addRows(window, groups, (row, origin) -> rows.add(row));
        return rows;
    }

    Comparator<Row> order() {
        return order;
    }

    private void addBySlice(
            Collection<SlicePartial> slices,
            Origin origin,
            Map<Long, Map<List<@Nullable Object>, MergedPartial>> bySlice) {
        long last = 0;
        @Nullable Map<List<@Nullable Object>, MergedPartial> groups = null;
        for (SlicePartial slice : slices) {
            // Those of one time mostly stand together.
            if (groups == null || slice.key().slice() != last) {
                last = slice.key().slice();
                groups = bySlice.computeIfAbsent(last, key -> new HashMap<>());
            }
            addToGroups(slice.key().dimensions(), slice.partial(), origin, groups);
        }
    }

    private void addByDimensions(
            Collection<SlicePartial> slices,
            Origin origin,
            Map<List<@Nullable Object>, NavigableMap<Long, MergedPartial>> byDimensions) {
        for (SlicePartial slice : slices) {
            byDimensions
                    .computeIfAbsent(slice.key().dimensions(), key -> new TreeMap<>())
                    .computeIfAbsent(slice.key().slice(), key -> new MergedPartial(slicer))
                    .merge(slice.partial(), origin);
        }
    }

    /** Puts the slices of one key into all windows that hold them. */
    private void spread(
            List<@Nullable Object> dimensions,
            NavigableMap<Long, MergedPartial> slices,
            TimeRange range,
            NavigableMap<Span, Map<List<@Nullable Object>, MergedPartial>> windows) {
        TreeSet<Span> spans = new TreeSet<>();
        slices.keySet()
                .forEach(slice -> view.window().windowsOf(slice, (start, end) -> spans.add(new Span(start, end))));
        MergedPartial before = new MergedPartial(slicer);
        @Nullable Span last = null;
        for (Span span : spans) {
            // Windows of one start grow: each takes over what the one before it has.
            boolean grows = last != null && last.start() == span.start();
            MergedPartial growing = new MergedPartial(slicer);
            if (grows) {
                growing.merge(before.get(), before.origin());
            }
            long from = grows && last != null ? last.end() : span.start();
            for (MergedPartial partial : slices.subMap(from, span.end()).values()) {
                growing.merge(partial.get(), partial.origin());
            }
            before = growing;
            last = span;
            if (span.within(range)) {
                addToGroups(
                        dimensions,
                        growing.get(),
                        growing.origin(),
                        windows.computeIfAbsent(span, key -> new HashMap<>()));
            }
        }
    }

    /** Groups have all of the view's dimensions, or in a rollup the first few of them as well. */
    private void addToGroups(
            List<@Nullable Object> dimensions,
            Partial partial,
            Origin origin,
            Map<List<@Nullable Object>, MergedPartial> groups) {
        int fewest = view.isRollup() ? 0 : dimensions.size();
        for (int kept = dimensions.size(); kept >= fewest; kept--) {
            groups.computeIfAbsent(first(dimensions, kept), key -> new MergedPartial(slicer))
                    .merge(partial, origin);
        }
    }

    private static List<@Nullable Object> first(List<@Nullable Object> dimensions, int kept) {
        return kept == dimensions.size() ? dimensions : dimensions.subList(0, kept);
    }

    private void addRows(
            @Nullable TimeRange window,
            Map<List<@Nullable Object>, MergedPartial> groups,
            BiConsumer<Row, Origin> rows) {
        List<Found> ofWindow = new ArrayList<>(groups.size());
        groups.forEach((group, partial) -> {
            Row row = row(window, group, partial.get());
            if (having == null || Boolean.TRUE.equals(having.apply(row.values()))) {
                ofWindow.add(new Found(row, partial.origin()));
            }
        });
        ofWindow.sort((a, b) -> inWindow.compare(a.row(), b.row()));
        int shown = Math.min(view.top().orElse(Integer.MAX_VALUE), ofWindow.size());
        for (int i = 0; i < shown; i++) {
            Found found = ofWindow.get(i);
            rows.accept(view.top().isEmpty() ? found.row() : found.row().ranked(i + 1), found.origin());
        }
    }

    private Row row(@Nullable TimeRange window, List<@Nullable Object> group, Partial partial) {
        int grouping = group.size();
        List<@Nullable Object> dimensions = group;
        if (grouping < view.dimensions().size()) {
            dimensions = new ArrayList<>(dimensions);
            dimensions.addAll(Collections.nCopies(view.dimensions().size() - grouping, null));
        }
        List<@Nullable Object> values = new ArrayList<>(measures.size());
        for (int i = 0; i < measures.size(); i++) {
            List<@Nullable Object> states = new ArrayList<>(statesOfMeasures[i].length);
            for (int state : statesOfMeasures[i]) {
                states.add(partial.states[state]);
            }
            values.add(shown(measures.get(i).finish().apply(states)));
        }
        return new Row(window, dimensions, grouping, values, 0);
    }

    /** A quotient of zero, say, is no number that JSON or an order knows. */
    private static @Nullable Object shown(@Nullable Object value) {
        return value instanceof Double number && !Double.isFinite(number) ? null : value;
    }

    private static Comparator<Row> byWindow() {
        Comparator<TimeRange> byStart = Comparator.comparing(TimeRange::firstSecond);
        return Comparator.comparing(Row::window, Comparator.nullsFirst(byStart.thenComparing(TimeRange::endSecond)));
    }

    /** By the measure, greatest first and null last, then by the dimensions, null first, totals after their parts. */
    private Comparator<Row> inWindow() {
        Comparator<Row> byDimensions = (unusedA, unusedB) -> 0;
        for (int i = 0; i < view.dimensions().size(); i++) {
            int index = i;
            Comparator<@Nullable Object> values = untyped(view.dimensions().get(i));
            Comparator<Row> byDimension = (a, b) ->
                    values.compare(a.dimensions().get(index), b.dimensions().get(index));
            byDimensions = (view.isRollup() ? byDimensions.thenComparing(row -> row.grouping() <= index) : byDimensions)
                    .thenComparing(byDimension);
        }
        if (view.descendingBy().isEmpty()) {
            return byDimensions;
        }
        int measure = List.copyOf(view.measures().keySet())
                .indexOf(view.descendingBy().get());
        Comparator<@Nullable Object> values = untyped(measures.get(measure).type());
        Comparator<Row> byMeasure =
                (a, b) -> values.compare(b.measures().get(measure), a.measures().get(measure));
        return byMeasure.thenComparing(byDimensions);
    }

    private static <V> Comparator<@Nullable Object> untyped(Column<?, V> column) {
        return untyped(column.type());
    }

    private static <V> Comparator<@Nullable Object> untyped(ColumnType<V> type) {
        Comparator<@Nullable V> order = Comparator.nullsFirst(type.order());
        return (a, b) -> order.compare(cast(type, a), cast(type, b));
    }

    private static <V> @Nullable V cast(ColumnType<V> type, @Nullable Object value) {
        return value == null ? null : type.javaType().cast(value);
    }
}
