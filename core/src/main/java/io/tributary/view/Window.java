package io.tributary.view;

import io.tributary.schema.Column;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The windows of a view and the slices that they are made of, with the semantics of Flink SQL's
 * window functions: windows are aligned to 1970-01-01T00:00 on the wall clock, so that sizes that
 * divide a day begin at midnight; a cumulating window yields each of its steps from the first slice
 * with data to the end of its size, empty steps too.
 *
 * <p>Durations are whole seconds. Times are wall-clock seconds, counted from 1970-01-01T00:00:00.
 *
 * @param <R> the record
 */
public sealed interface Window<R> extends Serializable {

    /** Takes a window {@code [start, end)}. */
    @FunctionalInterface
    interface Consumer {
        void accept(long start, long end);
    }

    /** The slice into which a second falls, named by its first second; 0 where there is one slice for all. */
    long sliceOf(long second);

    /** The length of a slice in seconds; 0 where there is one slice for all. */
    long sliceSeconds();

    /** All windows that hold a slice, by ascending end. */
    void windowsOf(long slice, Consumer windows);

    /** The end of the first window that holds a slice. */
    long firstEndOf(long slice);

    /** The end of the last window that holds a slice: after it, the slice is history. */
    long lastEndOf(long slice);

    /** The column that places a record in a window; empty where there is one slice for all. */
    Optional<EventTime<R>> eventTime();

    /** One result over all of time. */
    static <R> Window<R> none() {
        return new None<>();
    }

    /** Windows that follow each other without a gap. */
    static <R> Tumbling<R> tumble(Column<R, LocalDateTime> eventTime) {
        return new Tumbling<>(EventTime.local(eventTime));
    }

    /** Windows that follow each other without a gap, on the wall clock of a zone. */
    static <R> Tumbling<R> tumble(Column<R, Instant> eventTime, ZoneId zone) {
        return new Tumbling<>(EventTime.in(eventTime, zone));
    }

    /** Windows that overlap. */
    static <R> Sliding<R> slide(Column<R, LocalDateTime> eventTime) {
        return new Sliding<>(EventTime.local(eventTime));
    }

    /** Windows that overlap, on the wall clock of a zone. */
    static <R> Sliding<R> slide(Column<R, Instant> eventTime, ZoneId zone) {
        return new Sliding<>(EventTime.in(eventTime, zone));
    }

    /** Windows that grow step by step and then start again. */
    static <R> Cumulating<R> cumulate(Column<R, LocalDateTime> eventTime) {
        return new Cumulating<>(EventTime.local(eventTime));
    }

    /** Windows that grow step by step and then start again, on the wall clock of a zone. */
    static <R> Cumulating<R> cumulate(Column<R, Instant> eventTime, ZoneId zone) {
        return new Cumulating<>(EventTime.in(eventTime, zone));
    }

    /** A tumbling window that lacks its size. */
    record Tumbling<R>(EventTime<R> time) {
        public Window<R> every(Duration size) {
            return new Tumble<>(time, size);
        }
    }

    /** A sliding window that lacks its durations. */
    record Sliding<R>(EventTime<R> time) {
        public SlidingBySize<R> size(Duration size) {
            return new SlidingBySize<>(time, size);
        }
    }

    /** A sliding window that lacks its distance. */
    record SlidingBySize<R>(EventTime<R> time, Duration size) {
        public SlidingBySize {
            WindowDurations.positive("slide size", size);
        }

        /** A new window starts every so often; at most as long as the size. */
        public Window<R> every(Duration distance) {
            return new Slide<>(time, size, distance);
        }
    }

    /** A cumulating window that lacks its durations. */
    record Cumulating<R>(EventTime<R> time) {
        public CumulatingByStep<R> step(Duration step) {
            return new CumulatingByStep<>(time, step);
        }
    }

    /** A cumulating window that lacks its size. */
    record CumulatingByStep<R>(EventTime<R> time, Duration step) {
        public CumulatingByStep {
            WindowDurations.positive("cumulate step", step);
        }

        /** The window starts again after this; a multiple of the step. */
        public Window<R> upTo(Duration size) {
            return new Cumulate<>(time, step, size);
        }
    }

    /** One slice and one result over all of time. */
    record None<R>() implements Window<R> {
        @Override
        public long sliceOf(long second) {
            return 0;
        }

        @Override
        public long sliceSeconds() {
            return 0;
        }

        @Override
        public void windowsOf(long slice, Consumer windows) {
            windows.accept(0, Long.MAX_VALUE);
        }

        @Override
        public long firstEndOf(long slice) {
            return Long.MAX_VALUE;
        }

        @Override
        public long lastEndOf(long slice) {
            return Long.MAX_VALUE;
        }

        @Override
        public Optional<EventTime<R>> eventTime() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "none";
        }
    }

    /** One window a slice. Made by {@link Window#tumble(Column)}. */
    record Tumble<R>(EventTime<R> time, Duration size) implements Window<R> {
        public Tumble {
            WindowDurations.positive("tumble size", size);
        }

        @Override
        public long sliceOf(long second) {
            return second - Math.floorMod(second, size.toSeconds());
        }

        @Override
        public long sliceSeconds() {
            return size.toSeconds();
        }

        @Override
        public void windowsOf(long slice, Consumer windows) {
            windows.accept(slice, slice + size.toSeconds());
        }

        @Override
        public long firstEndOf(long slice) {
            return slice + size.toSeconds();
        }

        @Override
        public long lastEndOf(long slice) {
            return slice + size.toSeconds();
        }

        @Override
        public Optional<EventTime<R>> eventTime() {
            return Optional.of(time);
        }

        @Override
        public String toString() {
            return "tumble(%s) every %s".formatted(time, size);
        }
    }

    /** Slices as long as size and distance have in common. Made by {@link Window#slide(Column)}. */
    record Slide<R>(EventTime<R> time, Duration size, Duration distance) implements Window<R> {
        public Slide {
            WindowDurations.positive("slide size", size);
            WindowDurations.positive("slide distance", distance);
            WindowDurations.atMost("slide distance", distance, "size", size);
            WindowDurations.fewWindows("slide distance", distance, size);
        }

        @Override
        public long sliceOf(long second) {
            return second - Math.floorMod(second, sliceSeconds());
        }

        @Override
        public long sliceSeconds() {
            return WindowDurations.greatestCommonDivisor(size.toSeconds(), distance.toSeconds());
        }

        @Override
        public void windowsOf(long slice, Consumer windows) {
            long last = lastStartOf(slice);
            for (long start = firstStartOf(slice); start <= last; start += distance.toSeconds()) {
                windows.accept(start, start + size.toSeconds());
            }
        }

        private long firstStartOf(long slice) {
            long earliest = slice + sliceSeconds() - size.toSeconds();
            return earliest + Math.floorMod(-earliest, distance.toSeconds());
        }

        private long lastStartOf(long slice) {
            return slice - Math.floorMod(slice, distance.toSeconds());
        }

        @Override
        public long firstEndOf(long slice) {
            return firstStartOf(slice) + size.toSeconds();
        }

        @Override
        public long lastEndOf(long slice) {
            return lastStartOf(slice) + size.toSeconds();
        }

        @Override
        public Optional<EventTime<R>> eventTime() {
            return Optional.of(time);
        }

        @Override
        public String toString() {
            return "slide(%s) of %s every %s".formatted(time, size, distance);
        }
    }

    /** Slices as long as a step. Made by {@link Window#cumulate(Column)}. */
    record Cumulate<R>(EventTime<R> time, Duration step, Duration size) implements Window<R> {
        public Cumulate {
            WindowDurations.positive("cumulate step", step);
            WindowDurations.positive("cumulate size", size);
            WindowDurations.multipleOf("cumulate size", size, "step", step);
            WindowDurations.fewWindows("cumulate step", step, size);
        }

        @Override
        public long sliceOf(long second) {
            return second - Math.floorMod(second, step.toSeconds());
        }

        @Override
        public long sliceSeconds() {
            return step.toSeconds();
        }

        @Override
        public void windowsOf(long slice, Consumer windows) {
            long start = startOf(slice);
            for (long end = slice + step.toSeconds(); end <= start + size.toSeconds(); end += step.toSeconds()) {
                windows.accept(start, end);
            }
        }

        private long startOf(long slice) {
            return slice - Math.floorMod(slice, size.toSeconds());
        }

        @Override
        public long firstEndOf(long slice) {
            return slice + step.toSeconds();
        }

        @Override
        public long lastEndOf(long slice) {
            return startOf(slice) + size.toSeconds();
        }

        @Override
        public Optional<EventTime<R>> eventTime() {
            return Optional.of(time);
        }

        @Override
        public String toString() {
            return "cumulate(%s) step %s up to %s".formatted(time, step, size);
        }
    }
}
