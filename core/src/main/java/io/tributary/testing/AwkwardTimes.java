package io.tributary.testing;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Times that code which is wrong about time is wrong about. All of them lie in the years 1 to 9999, and those of
 * {@link #local()} and {@link #instants()} have at most six fraction digits, as columns do; {@link #nanos()} have nine.
 */
public final class AwkwardTimes {
    private static final Instant FROM = Instant.parse("1883-01-01T00:00:00Z");
    private static final int TRANSITIONS = 300;

    private AwkwardTimes() {}

    /** Wall-clock times: around the epoch, midnights, leap days, ends of years, of weeks by ISO and of centuries, far away. */
    public static List<LocalDateTime> local() {
        return Stream.of(
                        "1970-01-01T00:00:00",
                        "1969-12-31T23:59:59.999999",
                        "1969-12-31T23:59:59",
                        "1970-01-01T00:00:00.000001",
                        "2015-01-02T20:45:22",
                        "2015-12-31T23:59:59.999999",
                        "2016-01-01T00:00:00",
                        "2016-02-28T23:59:59",
                        "2016-02-29T00:00:00",
                        "2016-02-29T23:59:59.999999",
                        "2016-03-01T00:00:00",
                        "2015-02-28T23:59:59.5",
                        "2000-02-29T12:00:00",
                        "1900-02-28T23:59:59",
                        "1900-03-01T00:00:00",
                        "2100-02-28T23:59:59",
                        "2024-12-30T00:00:00",
                        "2021-01-03T23:59:59",
                        "1999-12-31T23:59:59.999999",
                        "2038-01-19T03:14:07",
                        "2038-01-19T03:14:08",
                        "2262-04-11T23:47:16.854775",
                        "2262-04-11T23:47:16.854776",
                        "1582-10-04T12:00:00",
                        "1582-10-15T00:00:00",
                        "0001-01-01T00:00:00",
                        "9999-12-31T23:59:59.999999")
                .map(LocalDateTime::parse)
                .toList();
    }

    /** The instants of {@link #local()} in UTC. */
    public static List<Instant> instants() {
        return local().stream().map(time -> time.toInstant(ZoneOffset.UTC)).toList();
    }

    /** Instants with nine fraction digits, which a column cuts or refuses. */
    public static List<Instant> nanos() {
        return Stream.of(
                        "1970-01-01T00:00:00.000000001Z",
                        "1969-12-31T23:59:59.999999999Z",
                        "2015-01-02T20:45:22.000000999Z",
                        "2015-12-31T23:59:59.999999999Z")
                .map(Instant::parse)
                .toList();
    }

    /**
     * Instants around the clock changes of a zone from 1883 on, at most 300 of them: each change, just before and after
     * it, and an hour to both sides. Of a zone that never changes its clocks, none.
     */
    public static List<Instant> changes(ZoneId zone) {
        Set<Instant> instants = new LinkedHashSet<>();
        transitions(zone).forEach(change -> {
            Instant at = change.getInstant();
            instants.add(at);
            instants.add(at.minusNanos(1_000));
            instants.add(at.plusNanos(1_000));
            instants.add(at.minusSeconds(3_600));
            instants.add(at.plusSeconds(3_600));
        });
        return List.copyOf(instants);
    }

    /** Wall-clock times that a zone's clocks never show: the first and the last of each gap, and its middle. */
    public static List<LocalDateTime> gaps(ZoneId zone) {
        return around(zone, true);
    }

    /** Wall-clock times that a zone's clocks show twice: the first and the last of each overlap, and its middle. */
    public static List<LocalDateTime> overlaps(ZoneId zone) {
        return around(zone, false);
    }

    private static List<LocalDateTime> around(ZoneId zone, boolean gaps) {
        List<LocalDateTime> times = new ArrayList<>();
        for (ZoneOffsetTransition change : transitions(zone)) {
            if (change.isGap() == gaps) {
                LocalDateTime first = gaps ? change.getDateTimeBefore() : change.getDateTimeAfter();
                long length = Math.abs(change.getDuration().toSeconds());
                times.add(first);
                times.add(first.plusSeconds(length / 2));
                times.add(first.plusSeconds(length).minusNanos(1_000));
            }
        }
        return List.copyOf(times);
    }

    private static List<ZoneOffsetTransition> transitions(ZoneId zone) {
        return Stream.iterate(
                        zone.getRules().nextTransition(FROM),
                        change -> change != null,
                        change -> zone.getRules().nextTransition(change.getInstant()))
                .limit(TRANSITIONS)
                .toList();
    }

    /** Gives wall-clock times without end, of {@link #local()} and shortly before and after them; the same for the same seed. */
    public static Supplier<LocalDateTime> random(long seed) {
        Random random = new Random(seed);
        // The first and the last year are left out, so that none is left by a step aside.
        List<LocalDateTime> times = local().stream()
                .filter(time -> time.getYear() > 1 && time.getYear() < 9999)
                .toList();
        return () -> {
            LocalDateTime time = times.get(random.nextInt(times.size()));
            return switch (random.nextInt(3)) {
                case 0 -> time;
                case 1 -> time.plusSeconds(random.nextInt(7_201) - 3_600);
                default -> time.plusNanos(1_000L * (random.nextInt(2_000_001) - 1_000_000));
            };
        };
    }
}
