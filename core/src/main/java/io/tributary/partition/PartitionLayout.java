package io.tributary.partition;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * The path template of a lake in Firehose's prefix grammar, such as {@code
 * data/stream_data/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/}.
 * It tells the partition of an instant, reads a path back, lists a range and prunes to it.
 *
 * <p>Every instant of the years 1 to 9999 of the zone lies in exactly one partition; a partition is one interval,
 * and partitions follow each other without gaps. An hour that a clock shows twice in a row is one
 * partition of two hours; one that it skips is none. Where a clock goes back into a partition that has
 * already ended (across midnight at day grain, by an hour at minute grain), the open partition lasts
 * until the clock has caught up, whereas Firehose returns to the ended one.
 */
public final class PartitionLayout implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long MOST_LISTED = 1_000_000;

    private final String template;
    private final transient TemplateLayout shape;
    private final transient LocalClock clock;

    private PartitionLayout(String template, TemplateLayout shape, ZoneId zone) {
        this.template = template;
        this.shape = shape;
        this.clock = new LocalClock(zone);
    }

    /**
     * Reads a template, with timestamps in UTC. It ends in a slash; its fields run from the year to the
     * grain without a hole, each in a column of its own ({@code month=!{timestamp:MM}}), joined in one ({@code
     * dt=!{timestamp:yyyy-MM-dd}}), or all of them without columns ({@code !{timestamp:yyyy/MM/dd/HH}/}).
     *
     * @throws IllegalArgumentException naming all that is wrong with it
     */
    public static PartitionLayout parse(String template) {
        return new PartitionLayout(template, TemplateLayout.parse(template), ZoneOffset.UTC);
    }

    /** The same layout by the wall clock of a zone: Firehose's CustomTimeZone. */
    public PartitionLayout inZone(ZoneId zone) {
        return new PartitionLayout(template, shape, zone);
    }

    public String template() {
        return template;
    }

    public ZoneId zone() {
        return clock.zone();
    }

    /** The part of all paths before the first timestamp, as whole directories: the location of the table. */
    public String root() {
        return shape.root();
    }

    /** From coarse to fine; empty when the template has timestamps without columns. */
    public List<PartitionColumn> columns() {
        return shape.columns();
    }

    /** The length of a partition on the wall clock. */
    public ChronoUnit grain() {
        return shape.grain().unit();
    }

    /** For a caller that asks once a record, see {@link #cursor()}. */
    public Partition partitionOf(Instant instant) {
        LocalDateTime time = shape.grain().truncate(clock.at(instant));
        return shape.partition(time, clock.reach(time), endOf(time));
    }

    public PartitionCursor cursor() {
        return new PartitionCursor(this);
    }

    public String path(Instant instant) {
        return partitionOf(instant).path();
    }

    public Partition next(Partition partition) {
        return partitionOf(partition.end());
    }

    public Partition previous(Partition partition) {
        return partitionOf(partition.start().minusNanos(1));
    }

    /**
     * The partition of a path, with its last slash or without. Accepts what {@link #path} renders and
     * nothing else: {@code hour=6} is another directory than {@code hour=06}.
     *
     * @throws IllegalArgumentException when this layout renders no such path
     */
    public Partition parsePath(String path) {
        String directory = path.endsWith("/") ? path : path + "/";
        Matcher matcher = shape.exact().matcher(directory);
        if (!matcher.matches()) {
            throw invalid(path, "must be as %s, zero-padded".formatted(template));
        }
        return read(matcher, path);
    }

    /**
     * The partitions in which the given object keys or directories lie, each once, in order. Ignores keys
     * outside of the template.
     *
     * @throws IllegalArgumentException when a key has the template's columns but a value that is never
     *     rendered, such as {@code hour=6}, as its records would be missed
     */
    public List<Partition> list(Stream<String> keys) {
        NavigableSet<Partition> found = new TreeSet<>();
        keys.forEach(key -> {
            if (found.isEmpty() || !key.startsWith(found.last().path())) {
                partitionOfKey(key + "/").ifPresent(found::add);
            }
        });
        return List.copyOf(found);
    }

    /**
     * The partitions that overlap {@code [from, to)}, in order.
     *
     * @throws IllegalArgumentException when there would be more than a million
     */
    public List<Partition> partitions(Instant from, Instant to) {
        requireOrder(from, to);
        if (Duration.between(from, to).dividedBy(grain().getDuration()) > MOST_LISTED) {
            throw new IllegalArgumentException(
                    "Cannot list the partitions of [%s, %s) by %s (at most %d; use next or predicate)"
                            .formatted(from, to, grain(), MOST_LISTED));
        }
        List<Partition> partitions = new ArrayList<>();
        Instant at = from;
        while (at.isBefore(to)) {
            Partition partition = partitionOf(at);
            partitions.add(partition);
            at = partition.end();
        }
        return partitions;
    }

    /**
     * The fewest conditions on the partition columns that select the partitions overlapping {@code [from,
     * to)}. {@link Instant#MIN} and {@link Instant#MAX} leave a side open. Alternatives exclude each other.
     *
     * @throws IllegalStateException when the template has no columns
     */
    public PartitionPredicate predicate(Instant from, Instant to) {
        requireOrder(from, to);
        if (columns().isEmpty()) {
            throw new IllegalStateException(
                    "Cannot select partitions of %s by columns (it has none; write column=!{timestamp:…})"
                            .formatted(template));
        }
        RangePredicate.Span all = new RangePredicate.Span(clock.reach(LocalClock.FIRST), clock.reach(LocalClock.END));
        Instant start = from.isBefore(all.start()) ? all.start() : from;
        Instant end = to.isAfter(all.end()) ? all.end() : to;
        if (!start.isBefore(end)) {
            return new PartitionPredicate.None();
        }
        RangePredicate.Span range = new RangePredicate.Span(
                partitionOf(start).start(), partitionOf(end.minusNanos(1)).end());
        return new RangePredicate(this, clock).within(all, range, 0);
    }

    private Optional<Partition> partitionOfKey(String key) {
        Matcher exact = shape.exact().matcher(key);
        if (exact.lookingAt()) {
            return Optional.of(read(exact, exact.group()));
        }
        Matcher loose = shape.loose().matcher(key);
        return loose.lookingAt() ? Optional.of(parsePath(loose.group())) : Optional.empty();
    }

    private Partition read(Matcher matcher, String path) {
        LocalDateTime time;
        try {
            time = shape.time(matcher);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(problem(path, "must be a date of the calendar"), e);
        }
        Instant start = clock.reach(time);
        Instant end = endOf(time);
        if (!start.isBefore(end)) {
            throw invalid(path, "%s skips that time at %s; take the next".formatted(zone(), start));
        }
        return shape.partition(time, start, end);
    }

    private Instant endOf(LocalDateTime time) {
        return clock.reach(time.plus(1, grain()));
    }

    private static void requireOrder(Instant from, Instant to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(
                    "Invalid range: [%s, %s) (must not end before it starts; swap them)".formatted(from, to));
        }
    }

    private static IllegalArgumentException invalid(String path, String requirement) {
        return new IllegalArgumentException(problem(path, requirement));
    }

    private static String problem(String path, String requirement) {
        return "Invalid partition path: %s (%s)".formatted(PathEscape.show(path), requirement);
    }

    private Object writeReplace() {
        return new Form(template, zone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionLayout that && template.equals(that.template) && zone().equals(that.zone());
    }

    @Override
    public int hashCode() {
        return 31 * template.hashCode() + zone().hashCode();
    }

    @Override
    public String toString() {
        return template + " in " + zone();
    }

    private record Form(String template, ZoneId zone) implements Serializable {
        private Object readResolve() {
            return parse(template).inZone(zone);
        }
    }
}
