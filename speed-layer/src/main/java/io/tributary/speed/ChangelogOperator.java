package io.tributary.speed;

import io.tributary.view.Partial;
import io.tributary.view.Row;
import io.tributary.view.View;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.jspecify.annotations.Nullable;

/**
 * Gives the changes of a view's rows since the last flush. Flushes when much has changed, when that is
 * old, before a barrier, before a window becomes final and at the end.
 *
 * <p>At every barrier, what was given is the rows of what is in state. So the rows given before need no
 * state of their own: they are computed again when it is restored.
 */
final class ChangelogOperator<R, P, E> extends WindowedOperator<List<@Nullable Object>, P, E, Partial, RowChange>
        implements BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final ViewCombiner<R> combiner;
    private final SpeedOptions options;
    private final boolean byWindow;
    private final WindowOutput<List<@Nullable Object>, Partial, Row> rowsOf;

    private transient Set<Cell<List<@Nullable Object>>> changed = new HashSet<>();
    private transient NavigableMap<Span, Map<RowChange.Key, Row>> given = new TreeMap<>(Span.BY_END);
    private transient @Nullable FlushTimer timer;
    private transient long changes;
    transient Counter correctedWindows = new SimpleCounter();

    ChangelogOperator(
            View<R> view,
            StateLayout<List<@Nullable Object>, P, E> layout,
            TypeInformation<Partial> partialType,
            Horizon horizon,
            SpeedOptions options) {
        super(layout, new ViewCombiner<>(view), partialType, horizon);
        this.combiner = new ViewCombiner<>(view);
        this.options = options;
        this.byWindow = layout instanceof StateLayout.ByWindow<?>;
        this.rowsOf = WindowOutput.rows(view);
    }

    @Override
    public void open() throws Exception {
        super.open();
        timer = new FlushTimer(getProcessingTimeService(), options.flushInterval(), this::flush);
        correctedWindows = SpeedMetrics.of(getRuntimeContext()).counter("corrected_windows_total");
    }

    @Override
    void restored() {
        changed = new HashSet<>();
        given = new TreeMap<>(Span.BY_END);
        Map<Span, Set<List<@Nullable Object>>> all = new TreeMap<>(Span.BY_START);
        for (long slice : cache.slices()) {
            cache.forEach(slice, slice + 1, (key, partial) -> touch(slice, key, all));
        }
        rows(all).forEach((window, rows) -> {
            if (!rows.isEmpty()) {
                given.put(window, rows);
            }
        });
    }

    @Override
    void added(Contribution<List<@Nullable Object>, Partial> contribution, boolean firstOfSlice) {
        changed.add(new Cell<>(contribution.slice(), contribution.key()));
        if (changed.size() >= options.maxPartials()) {
            flush();
        } else {
            Objects.requireNonNull(timer).arm();
        }
    }

    @Override
    void advance(long newFrontier, long newLastFinal) {
        flush();
        while (!given.isEmpty() && given.firstKey().end() <= newLastFinal) {
            given.pollFirstEntry();
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        flush();
    }

    @Override
    public void endInput() {
        flush();
    }

    private void flush() {
        Map<Span, Set<List<@Nullable Object>>> touched = new TreeMap<>(Span.BY_START);
        changed.forEach(cell -> touch(cell.slice(), cell.key(), touched));
        changed.clear();
        rows(touched).forEach((window, after) -> {
            long changesBefore = changes;
            Map<RowChange.Key, Row> before = given.computeIfAbsent(window, span -> new LinkedHashMap<>());
            if (byWindow) {
                Set<RowChange.Key> gone = new HashSet<>(before.keySet());
                gone.removeAll(after.keySet());
                gone.forEach(key -> change(before, key, null));
            } else {
                for (List<@Nullable Object> key : touched.getOrDefault(window, Set.of())) {
                    RowChange.Key id = keyOf(window, key);
                    if (!after.containsKey(id)) {
                        change(before, id, null);
                    }
                }
            }
            after.forEach((key, row) -> change(before, key, row));
            if (before.isEmpty()) {
                given.remove(window);
            }
            if (changes > changesBefore && !window.isEndless() && window.end() <= frontier) {
                correctedWindows.inc();
            }
        });
    }

    private RowChange.Key keyOf(Span window, List<@Nullable Object> dimensions) {
        return new RowChange.Key(window.isEndless() ? null : window.toRange(), 0, dimensions.size(), dimensions);
    }

    private void change(Map<RowChange.Key, Row> given, RowChange.Key key, @Nullable Row row) {
        Row old = row == null ? given.remove(key) : given.put(key, row);
        if (row != null && old == null) {
            give(new RowChange.Insert(row));
        } else if (row != null && old != null && !old.equals(row)) {
            give(new RowChange.Update(old, row));
        } else if (row == null && old != null) {
            give(new RowChange.Delete(old));
        }
    }

    private void give(RowChange change) {
        changes++;
        emit(change);
    }

    /** Puts a key into all windows that hold its slice and can still change. */
    private void touch(long slice, List<@Nullable Object> key, Map<Span, Set<List<@Nullable Object>>> windows) {
        horizon.window().windowsOf(slice, (start, end) -> {
            if (end > lastFinal) {
                windows.computeIfAbsent(new Span(start, end), span -> new HashSet<>())
                        .add(key);
            }
        });
    }

    /** The rows of windows, by start and then end: of the given keys, or of all keys where they depend on each other. */
    private Map<Span, Map<RowChange.Key, Row>> rows(Map<Span, Set<List<@Nullable Object>>> windows) {
        Map<Span, Map<RowChange.Key, Row>> rows = new LinkedHashMap<>();
        Growth growth = new Growth();
        windows.forEach((window, keys) -> {
            Map<RowChange.Key, Row> ofWindow = new LinkedHashMap<>();
            rowsOf.emit(window, growth.values(window, keys), row -> ofWindow.put(RowChange.Key.of(row), row));
            rows.put(window, ofWindow);
        });
        return rows;
    }

    /** Values of windows that are asked for by start and then end: those of one start grow. */
    private final class Growth {
        private final Map<List<@Nullable Object>, Partial> values = new HashMap<>();
        private final Map<List<@Nullable Object>, Long> ends = new HashMap<>();
        private long start = Long.MIN_VALUE;
        private long end;

        Map<List<@Nullable Object>, Partial> values(Span window, Set<List<@Nullable Object>> keys) {
            if (window.start() != start) {
                values.clear();
                ends.clear();
                start = window.start();
                end = start;
            }
            if (byWindow) {
                cache.forEach(end, window.end(), this::merge);
                end = window.end();
                return values;
            }
            Map<List<@Nullable Object>, Partial> ofKeys = new HashMap<>();
            for (List<@Nullable Object> key : keys) {
                cache.forEach(ends.getOrDefault(key, start), window.end(), key, this::merge);
                ends.put(key, window.end());
                Partial partial = values.get(key);
                if (partial != null) {
                    ofKeys.put(key, partial);
                }
            }
            return ofKeys;
        }

        private void merge(List<@Nullable Object> key, Partial partial) {
            Partial known = values.get(key);
            values.put(key, known == null ? combiner.copy(partial) : combiner.merge(known, partial));
        }
    }
}
