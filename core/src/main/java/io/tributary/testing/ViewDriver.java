package io.tributary.testing;

import io.tributary.view.Partial;
import io.tributary.view.Row;
import io.tributary.view.SliceKey;
import io.tributary.view.SlicePartial;
import io.tributary.view.Slicer;
import io.tributary.view.Slices;
import io.tributary.view.TimeRange;
import io.tributary.view.View;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A view that is fed by hand, without a cluster: send records, advance the watermark, read rows. It does what the speed
 * layer does: a window closes when the watermark reaches its end, and its rows are given once; a record is late when
 * all of its windows are closed, and then counts nowhere; of one that is late for some of them, the others still tell.
 * For one thread.
 *
 * @param <R> the record
 */
public final class ViewDriver<R> {
    private final View<R> view;
    private final Slicer<R> slicer;
    private final Slices<R> slices;
    private final NavigableSet<Span> open = new TreeSet<>();
    private final List<R> late = new ArrayList<>();
    private long frontier = Long.MIN_VALUE;

    /** A window, in wall-clock seconds. */
    private record Span(long start, long end) implements Comparable<Span> {
        private static final Comparator<Span> BY_END =
                Comparator.comparingLong(Span::end).thenComparingLong(Span::start);

        @Override
        public int compareTo(Span other) {
            return BY_END.compare(this, other);
        }
    }

    private ViewDriver(View<R> view) {
        this.view = view;
        this.slicer = view.slicer();
        this.slices = view.slices();
    }

    public static <R> ViewDriver<R> of(View<R> view) {
        return new ViewDriver<>(view);
    }

    /** Sends records, in order. */
    @SafeVarargs
    public final void send(R... records) {
        sendAll(List.of(records));
    }

    /** Sends records, in order. */
    public void sendAll(Iterable<? extends R> records) {
        for (R row : records) {
            SliceKey key = slicer.keyOf(row);
            if (view.window().lastEndOf(key.slice()) <= frontier) {
                late.add(row);
            } else {
                slices.add(row);
                view.window().windowsOf(key.slice(), (start, end) -> {
                    if (end > frontier) {
                        open.add(new Span(start, end));
                    }
                });
            }
        }
    }

    /**
     * Says that all records before a time have arrived.
     *
     * @param time on the wall clock of the view's windows
     * @return the rows of the windows that this closes, by their ends: what an append-only stream of the view gives
     * @throws IllegalArgumentException when the watermark would go back
     */
    public List<Row> advanceWatermark(LocalDateTime time) {
        long second = time.toEpochSecond(ZoneOffset.UTC);
        if (second < frontier) {
            throw new IllegalArgumentException(
                    "Invalid watermark: %s (must not be before %s, where it is)".formatted(time, watermark()));
        }
        return advance(second);
    }

    private Object watermark() {
        return frontier == Long.MAX_VALUE ? "the end" : LocalDateTime.ofEpochSecond(frontier, 0, ZoneOffset.UTC);
    }

    /** Says that all records have arrived, and returns the rows of all windows that were open. */
    public List<Row> end() {
        return advance(Long.MAX_VALUE);
    }

    private List<Row> advance(long second) {
        frontier = second;
        List<Row> closed = new ArrayList<>();
        while (!open.isEmpty() && open.first().end() <= second) {
            closed.addAll(rowsOf(open.pollFirst()));
        }
        return closed;
    }

    private List<Row> rowsOf(Span window) {
        Map<List<@Nullable Object>, Partial> partials = new HashMap<>();
        for (SlicePartial slice : slices.toList()) {
            long second = slice.key().slice();
            if (second >= window.start() && second < window.end()) {
                slicer.merge(
                        partials.computeIfAbsent(slice.key().dimensions(), dimensions -> slicer.empty()),
                        slice.partial());
            }
        }
        return view.windowRows(
                view.window().eventTime().isEmpty() ? null : TimeRange.ofSeconds(window.start(), window.end()),
                partials);
    }

    /** The rows of all windows as they are now, open ones too. */
    public List<Row> rows() {
        return view.rows(slices.toList());
    }

    /** The rows of the windows in a range as they are now. */
    public List<Row> rows(TimeRange range) {
        return view.rows(slices.toList(), range);
    }

    /** The records that came too late, in the order in which they were sent. */
    public List<R> late() {
        return List.copyOf(late);
    }
}
