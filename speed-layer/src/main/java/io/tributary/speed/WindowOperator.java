package io.tributary.speed;

import io.tributary.view.Window;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gives each window once, before the watermark that passes its end is forwarded: all windows that hold a
 * slice with data, so empty steps of a cumulating window too. Results carry the last millisecond of their
 * window as time stamp.
 */
final class WindowOperator<K, P, E, A, OUT> extends WindowedOperator<K, P, E, A, OUT> {
    private static final long serialVersionUID = 1L;

    private final Combiner<?, A> combiner;
    private final WindowOutput<K, A, OUT> windowOutput;

    private transient NavigableSet<Span> pending = new TreeSet<>(Span.BY_END);
    private transient TreeMap<Long, Growing<K, A>> growing = new TreeMap<>();

    /** A cumulating window, as far as it has been given. */
    private static final class Growing<K, A> {
        final Map<K, A> values = new HashMap<>();
        long end;

        Growing(long end) {
            this.end = end;
        }
    }

    WindowOperator(
            StateLayout<K, P, E> layout,
            Combiner<?, A> combiner,
            TypeInformation<A> valueType,
            Horizon horizon,
            WindowOutput<K, A, OUT> windowOutput) {
        super(layout, combiner, valueType, horizon);
        this.combiner = combiner;
        this.windowOutput = windowOutput;
    }

    @Override
    void restored() {
        pending = new TreeSet<>(Span.BY_END);
        growing = new TreeMap<>();
        cache.slices().forEach(this::expect);
    }

    private void expect(long slice) {
        horizon.window().windowsOf(slice, (start, end) -> {
            if (end > frontier) {
                pending.add(new Span(start, end));
            }
        });
    }

    @Override
    void added(Contribution<K, A> contribution, boolean firstOfSlice) {
        long slice = contribution.slice();
        if (firstOfSlice) {
            expect(slice);
        }
        Map.Entry<Long, Growing<K, A>> begun = growing.floorEntry(slice);
        if (begun != null && slice < begun.getValue().end) {
            // Forgotten rather than merged: the cache may own the contribution by now.
            growing.remove(begun.getKey());
        }
    }

    @Override
    void advance(long newFrontier, long newLastFinal) {
        while (!pending.isEmpty() && pending.first().end() <= newFrontier) {
            Span window = pending.first();
            pending.remove(window);
            windowOutput.emit(window, values(window), result -> output.collect(stamped(result, window)));
        }
        while (!growing.isEmpty() && horizon.isPast(growing.firstKey(), newLastFinal)) {
            growing.pollFirstEntry();
        }
    }

    private StreamRecord<OUT> stamped(OUT result, Span window) {
        return window.isEndless()
                ? new StreamRecord<>(result)
                : new StreamRecord<>(result, horizon.clock().lastMilli(window.end()));
    }

    private Map<K, A> values(Span window) {
        if (!(horizon.window() instanceof Window.Cumulate<?>)) {
            Map<K, A> values = new HashMap<>();
            cache.forEach(window.start(), window.end(), (key, value) -> merge(values, key, value));
            return values;
        }
        Growing<K, A> of = growing.computeIfAbsent(window.start(), start -> new Growing<>(start));
        cache.forEach(of.end, window.end(), (key, value) -> merge(of.values, key, value));
        of.end = window.end();
        return of.values;
    }

    private void merge(Map<K, A> values, K key, A value) {
        @Nullable A known = values.get(key);
        values.put(key, known == null ? combiner.copy(value) : combiner.merge(known, value));
    }
}
