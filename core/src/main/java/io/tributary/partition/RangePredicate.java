package io.tributary.partition;

import static io.tributary.partition.PartitionPredicate.and;

import io.tributary.partition.PartitionPredicate.AtLeast;
import io.tributary.partition.PartitionPredicate.AtMost;
import io.tributary.partition.PartitionPredicate.Between;
import io.tributary.partition.PartitionPredicate.Equal;
import io.tributary.partition.PartitionPredicate.Or;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * The predicate of a range of partitions, made of runs. A run is a set of siblings: the columns before
 * are equal, one column lies within bounds, those after it are free.
 *
 * <p>No predicate of fewer runs selects the same partitions. Call a directory full when the range holds
 * all of its partitions. A run within the range holds only full siblings. For each partition take the
 * coarsest full directory above it: the full siblings of that directory are neighbours, so that they
 * are one run, and every other run that selects the partition is a part of it. The runs made here are
 * exactly these greatest ones, and they are disjoint; so any choice of runs needs one for each. Common
 * columns are written once, and a bound that excludes no sibling is not written.
 */
final class RangePredicate {
    private final PartitionLayout layout;
    private final LocalClock clock;
    private final List<PartitionColumn> columns;

    RangePredicate(PartitionLayout layout, LocalClock clock) {
        this.layout = layout;
        this.clock = clock;
        this.columns = layout.columns();
    }

    /** The condition on a directory, given all of it and the part of it that lies in the range. */
    PartitionPredicate within(Span parent, Span range, int level) {
        if (range.equals(parent)) {
            return new PartitionPredicate.All();
        }
        Span first = directory(range.start(), level);
        Span last = directory(range.end().minusNanos(1), level);
        if (first.equals(last)) {
            return one(first, range, level);
        }
        List<PartitionPredicate> alternatives = new ArrayList<>();
        Instant runStart = range.start();
        Instant runEnd = range.end();
        if (first.start().isBefore(range.start())) {
            alternatives.add(one(first, new Span(range.start(), first.end()), level));
            runStart = first.end();
        }
        boolean endsWithin = last.end().isAfter(range.end());
        if (endsWithin) {
            runEnd = last.start();
        }
        if (runStart.isBefore(runEnd)) {
            alternatives.add(run(parent, new Span(runStart, runEnd), level));
        }
        if (endsWithin) {
            alternatives.add(one(last, new Span(last.start(), range.end()), level));
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new Or(alternatives);
    }

    private PartitionPredicate one(Span directory, Span range, int level) {
        PartitionPredicate inside =
                range.equals(directory) ? new PartitionPredicate.All() : within(directory, range, level + 1);
        return and(new Equal(value(directory.start(), level)), inside);
    }

    private PartitionPredicate run(Span parent, Span run, int level) {
        PartitionValue low = value(run.start(), level);
        PartitionValue high = value(run.end().minusNanos(1), level);
        if (low.equals(high)) {
            return new Equal(low);
        }
        if (run.start().equals(parent.start())) {
            return new AtMost(high);
        }
        return run.end().equals(parent.end()) ? new AtLeast(low) : new Between(low, high);
    }

    private Span directory(Instant instant, int level) {
        TimeField field = columns.get(level).finest();
        LocalDateTime time = field.truncate(clock.at(instant));
        return new Span(clock.reach(time), clock.reach(time.plus(1, field.unit())));
    }

    private PartitionValue value(Instant instant, int level) {
        return layout.partitionOf(instant).values().get(level);
    }

    /** A half-open interval that is not empty. */
    record Span(Instant start, Instant end) {}
}
