package io.tributary.view;

import io.tributary.schema.Column;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a view means, without slices, partials or merging: for each window the records whose event
 * time lies in it, grouped and folded with plain collections. Slow and obvious.
 *
 * @param time the event time of a record
 * @param measures what each measure is of the records of a group
 * @param having whether a row, by the names of its columns, is kept
 */
public record NaiveView<R>(
        View<R> view,
        Function<R, LocalDateTime> time,
        Map<String, Function<List<R>, @Nullable Object>> measures,
        Predicate<Map<String, @Nullable Object>> having) {
    /** The order of texts in SQL engines. */
    public static final Comparator<String> UTF_8_ORDER =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    public NaiveView(
            View<R> view, Function<R, LocalDateTime> time, Map<String, Function<List<R>, @Nullable Object>> measures) {
        this(view, time, measures, row -> true);
    }

    public List<Row> rows(List<R> records) {
        if (view.window() instanceof Window.None<R>) {
            return records.isEmpty() ? List.of() : rowsOf(null, records);
        }
        List<Row> rows = new ArrayList<>();
        for (TimeRange window : windows(records)) {
            List<R> within = records.stream()
                    .filter(record -> !time.apply(record).isBefore(window.start())
                            && time.apply(record).isBefore(window.end()))
                    .toList();
            if (!within.isEmpty()) {
                rows.addAll(rowsOf(window, within));
            }
        }
        return rows;
    }

    /** All windows of the time in which there are records, by start, then end. */
    private List<TimeRange> windows(List<R> records) {
        List<Long> seconds = records.stream()
                .map(record -> time.apply(record).toEpochSecond(ZoneOffset.UTC))
                .sorted()
                .toList();
        List<TimeRange> windows = new ArrayList<>();
        if (!seconds.isEmpty()) {
            between(view.window(), seconds.get(0), seconds.get(seconds.size() - 1), windows);
        }
        return windows;
    }

    /** All windows of Flink's definition that hold a second from the first to the last. */
    static void between(Window<?> window, long first, long last, List<TimeRange> windows) {
        long size;
        long distance;
        long step;
        if (window instanceof Window.Tumble<?> tumble) {
            size = tumble.size().toSeconds();
            distance = size;
            step = size;
        } else if (window instanceof Window.Slide<?> slide) {
            size = slide.size().toSeconds();
            distance = slide.distance().toSeconds();
            step = size;
        } else if (window instanceof Window.Cumulate<?> cumulate) {
            size = cumulate.size().toSeconds();
            distance = size;
            step = cumulate.step().toSeconds();
        } else {
            throw new IllegalArgumentException("Invalid window: " + window);
        }
        for (long n = (first - size) / distance - 1; n * distance <= last; n++) {
            for (long length = step; length <= size; length += step) {
                if (n * distance + length > first) {
                    windows.add(new TimeRange(wallClock(n * distance), wallClock(n * distance + length)));
                }
            }
        }
    }

    static LocalDateTime wallClock(long second) {
        return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    }

    private List<Row> rowsOf(@Nullable TimeRange window, List<R> records) {
        int dimensions = view.dimensions().size();
        List<Row> rows = new ArrayList<>();
        for (int kept = view.isRollup() ? 0 : dimensions; kept <= dimensions; kept++) {
            Set<List<@Nullable Object>> keys = new HashSet<>();
            for (R record : records) {
                keys.add(key(record, kept));
            }
            for (List<@Nullable Object> key : keys) {
                List<R> group = new ArrayList<>();
                for (R record : records) {
                    if (key(record, key.size()).equals(key)) {
                        group.add(record);
                    }
                }
                Row row = row(window, key, group);
                if (having.test(byName(row))) {
                    rows.add(row);
                }
            }
        }
        rows.sort(this::compare);
        if (view.top().isEmpty()) {
            return rows;
        }
        List<Row> ranked = new ArrayList<>();
        for (Row row : rows.subList(0, Math.min(rows.size(), view.top().getAsInt()))) {
            ranked.add(new Row(row.window(), row.dimensions(), row.grouping(), row.measures(), ranked.size() + 1));
        }
        return ranked;
    }

    private List<@Nullable Object> key(R record, int kept) {
        List<@Nullable Object> key = new ArrayList<>();
        for (Column<R, ?> column : view.dimensions().subList(0, kept)) {
            key.add(column.get(record));
        }
        return key;
    }

    private Row row(@Nullable TimeRange window, List<@Nullable Object> key, List<R> group) {
        List<@Nullable Object> dimensions = new ArrayList<>(key);
        dimensions.addAll(Collections.nCopies(view.dimensions().size() - key.size(), null));
        List<@Nullable Object> values = new ArrayList<>();
        measures.values().forEach(measure -> values.add(measure.apply(group)));
        return new Row(window, dimensions, key.size(), values, 0);
    }

    private Map<String, @Nullable Object> byName(Row row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < view.dimensions().size(); i++) {
            values.put(view.dimensions().get(i).name(), row.dimensions().get(i));
        }
        int at = 0;
        for (String measure : measures.keySet()) {
            values.put(measure, row.measures().get(at++));
        }
        return values;
    }

    private int compare(Row a, Row b) {
        if (view.descendingBy().isPresent()) {
            String by = view.descendingBy().get();
            int byMeasure = compareValues(byName(b).get(by), byName(a).get(by));
            if (byMeasure != 0) {
                return byMeasure;
            }
        }
        for (int i = 0; i < view.dimensions().size(); i++) {
            boolean totalA = a.grouping() <= i;
            boolean totalB = b.grouping() <= i;
            if (totalA != totalB) {
                return totalA ? 1 : -1;
            }
            int byValue = compareValues(a.dimensions().get(i), b.dimensions().get(i));
            if (byValue != 0) {
                return byValue;
            }
        }
        return 0;
    }

    @SuppressWarnings("unchecked") // values of one column compare with each other
    private static int compareValues(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        return a instanceof String text ? UTF_8_ORDER.compare(text, (String) b) : ((Comparable<Object>) a).compareTo(b);
    }
}
