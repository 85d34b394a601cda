package io.tributary.view;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final long A_CENTURY = 3_155_760_000L;

    @Provide
    Arbitrary<Window<Sale>> windows() {
        return anyWindow(500);
    }

    /** Windows of all kinds with durations that mostly do not divide a day. */
    static Arbitrary<Window<Sale>> anyWindow(int longest) {
        Arbitrary<Integer> seconds = Arbitraries.integers().between(1, longest);
        Arbitrary<Window<Sale>> tumbles =
                seconds.map(size -> Window.tumble(Sale.TIME).every(ofSeconds(size)));
        Arbitrary<Window<Sale>> slides = Combinators.combine(seconds, seconds)
                .as((a, b) ->
                        Window.slide(Sale.TIME).size(ofSeconds(Math.max(a, b))).every(ofSeconds(Math.min(a, b))));
        Arbitrary<Window<Sale>> cumulates = Combinators.combine(
                        seconds, Arbitraries.integers().between(1, 30))
                .as((step, steps) ->
                        Window.cumulate(Sale.TIME).step(ofSeconds(step)).upTo(ofSeconds((long) step * steps)));
        return Arbitraries.oneOf(tumbles, slides, cumulates);
    }

    @Property(tries = 500)
    void everySecondFallsIntoOneAlignedSlice(
            @ForAll("windows") Window<Sale> window, @ForAll @LongRange(min = -A_CENTURY, max = A_CENTURY) long second) {
        long slice = window.sliceOf(second);

        assertThat(second).isBetween(slice, slice + window.sliceSeconds() - 1);
        assertThat(Math.floorMod(slice, window.sliceSeconds())).isZero();
        assertThat(window.sliceOf(slice)).isEqualTo(slice);
        assertThat(window.sliceOf(slice + window.sliceSeconds())).isEqualTo(slice + window.sliceSeconds());
    }

    @Property(tries = 500)
    void windowsOfASliceAreThoseThatHoldAllOfIt(
            @ForAll("windows") Window<Sale> window, @ForAll @LongRange(min = -A_CENTURY, max = A_CENTURY) long second) {
        long slice = window.sliceOf(second);
        List<TimeRange> actual = new ArrayList<>();
        window.windowsOf(
                slice, (start, end) -> actual.add(new TimeRange(NaiveView.wallClock(start), NaiveView.wallClock(end))));
        TimeRange all = new TimeRange(NaiveView.wallClock(slice), NaiveView.wallClock(slice + window.sliceSeconds()));
        List<TimeRange> candidates = new ArrayList<>();
        NaiveView.between(window, slice, slice + window.sliceSeconds() - 1, candidates);

        assertThat(actual)
                .isEqualTo(
                        candidates.stream().filter(each -> each.contains(all)).toList())
                .isNotEmpty();
        assertThat(candidates)
                .as("no window holds a part of a slice")
                .allMatch(each -> each.contains(all)
                        || !each.start().isBefore(all.end())
                        || !each.end().isAfter(all.start()));
        assertThat(window.firstEndOf(slice)).isEqualTo(actual.get(0).end().toEpochSecond(ZoneOffset.UTC));
        assertThat(window.lastEndOf(slice))
                .isEqualTo(actual.get(actual.size() - 1).end().toEpochSecond(ZoneOffset.UTC));
    }

    @Test
    void slicesAreAsLongAsTheWindowsHaveInCommon() {
        assertThat(Window.tumble(Sale.TIME).every(ofHours(1)).sliceSeconds()).isEqualTo(3_600);
        assertThat(Window.slide(Sale.TIME)
                        .size(ofSeconds(10))
                        .every(ofSeconds(5))
                        .sliceSeconds())
                .isEqualTo(5);
        assertThat(Window.slide(Sale.TIME)
                        .size(ofSeconds(10))
                        .every(ofSeconds(4))
                        .sliceSeconds())
                .isEqualTo(2);
        assertThat(Window.cumulate(Sale.TIME).step(ofHours(1)).upTo(ofDays(1)).sliceSeconds())
                .isEqualTo(3_600);
        assertThat(LongStream.of(-5, 0, Long.MAX_VALUE).map(Window.none()::sliceOf))
                .containsOnly(0L);
    }

    @Test
    void refusesDurationsThatMakeNoWindows() {
        String limits = " (must be whole seconds, at least PT1S and at most PT876600H)";
        assertInvalid(() -> Window.tumble(Sale.TIME).every(Duration.ZERO), "Invalid tumble size: PT0S" + limits);
        assertInvalid(() -> Window.tumble(Sale.TIME).every(ofSeconds(-1)), "Invalid tumble size: PT-1S" + limits);
        assertInvalid(() -> Window.tumble(Sale.TIME).every(ofMillis(1_500)), "Invalid tumble size: PT1.5S" + limits);
        assertInvalid(() -> Window.slide(Sale.TIME).size(ofDays(36_526)), "Invalid slide size: PT876624H" + limits);
        assertInvalid(() -> Window.cumulate(Sale.TIME).step(Duration.ZERO), "Invalid cumulate step: PT0S" + limits);
        assertInvalid(
                () -> Window.slide(Sale.TIME).size(ofHours(1)).every(ofMinutes(90)),
                "Invalid slide distance: PT1H30M (must be at most the size PT1H, or records between windows would be lost)");
        assertInvalid(
                () -> Window.cumulate(Sale.TIME).step(ofHours(1)).upTo(ofMinutes(90)),
                "Invalid cumulate size: PT1H30M (must be a multiple of step PT1H; try PT2H)");
        assertInvalid(
                () -> Window.cumulate(Sale.TIME).step(ofHours(1)).upTo(ofMinutes(30)),
                "Invalid cumulate size: PT30M (must be a multiple of step PT1H; try PT1H)");
    }

    @Test
    void windowsCannotBeMadeWrongByTheirConstructorsEither() {
        EventTime<Sale> time = EventTime.local(Sale.TIME);
        assertThatThrownBy(() -> new Window.Tumble<>(time, Duration.ZERO))
                .hasMessageStartingWith("Invalid tumble size");
        assertThatThrownBy(() -> new Window.Slide<>(time, ofHours(1), ofHours(2)))
                .hasMessageStartingWith("Invalid slide distance");
        assertThatThrownBy(() -> new Window.Cumulate<>(time, ofHours(2), ofHours(3)))
                .hasMessageStartingWith("Invalid cumulate size");
    }

    private static void assertInvalid(ThrowingCallable window, String message) {
        assertThatThrownBy(window).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void refusesMoreWindowsThanCanBeRead() {
        assertThatThrownBy(() ->
                        Window.cumulate(Sale.TIME).step(Duration.ofSeconds(1)).upTo(Duration.ofDays(1)))
                .hasMessage(
                        "Invalid cumulate step: PT1S (a record would be in 86400 windows, at most 10000; try PT9S)");
        assertThatThrownBy(
                        () -> Window.slide(Sale.TIME).size(Duration.ofDays(1)).every(Duration.ofSeconds(8)))
                .hasMessage(
                        "Invalid slide distance: PT8S (a record would be in 10800 windows, at most 10000; try PT9S)");
    }
}
