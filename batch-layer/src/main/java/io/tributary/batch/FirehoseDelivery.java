package io.tributary.batch;

import io.tributary.batch.lake.Lake;
import io.tributary.partition.Partition;
import io.tributary.partition.PartitionLayout;
import io.tributary.schema.Column;
import io.tributary.view.Condition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.NavigableMap;

/**
 * How a lake is read that Amazon Data Firehose fills itself: at least once, in partitions of its own clock,
 * without manifests. A record is before a cut when its event-time column is, in whichever partition it lies.
 *
 * <p>A view of such a lake is approximate: copies count again, and a record that comes later than the lag
 * is missed until the next build. The speed layer beside it must take its partitions from the same column,
 * by {@code Arrivals.fixed}.
 *
 * @param eventTime a required column: when its sender sent a record
 * @param lag how long after its event time Firehose may deliver a record: 15 minutes by default, which is the
 *     longest that it buffers while S3 takes what it delivers
 * @param clock tells for which cuts the lag is over
 */
public record FirehoseDelivery<R>(Column<R, Instant> eventTime, Duration lag, InstantSource clock) {
    private static final Duration DEFAULT_LAG = Duration.ofMinutes(15);
    private static final Duration LONGEST_LAG = Duration.ofDays(7);

    public FirehoseDelivery {
        if (!eventTime.isRequired()) {
            throw new IllegalArgumentException(
                    "Invalid event time of a delivery: %s is optional (must be a required column)"
                            .formatted(eventTime.name()));
        }
        if (lag.isNegative() || lag.compareTo(LONGEST_LAG) > 0) {
            throw new IllegalArgumentException(
                    "Invalid lag of a delivery: %s (must be from PT0S to %s)".formatted(lag, LONGEST_LAG));
        }
    }

    /** A delivery with a lag of 15 minutes, by the machine's clock. */
    public static <R> FirehoseDelivery<R> cutBy(Column<R, Instant> eventTime) {
        return new FirehoseDelivery<>(eventTime, DEFAULT_LAG, InstantSource.system());
    }

    public FirehoseDelivery<R> withLag(Duration newLag) {
        return new FirehoseDelivery<>(eventTime, newLag, clock);
    }

    public FirehoseDelivery<R> withClock(InstantSource newClock) {
        return new FirehoseDelivery<>(eventTime, lag, newClock);
    }

    /** Why views of such a lake are approximate, as their coverage says it. */
    public String reason() {
        return "delivered by Firehose: at least once, cut by %s with a lag of %s".formatted(eventTime.name(), lag);
    }

    /** The latest boundary of partitions for which the lag is over. */
    Instant newestCut(PartitionLayout layout) {
        return layout.partitionOf(clock.instant().minus(lag)).start();
    }

    /**
     * The files in which what lies before a cut is delivered: their bytes by partition and name.
     *
     * @throws IllegalArgumentException when the lag is not over yet, or the cut is no boundary
     */
    NavigableMap<Partition, Map<String, Long>> filesFor(Lake<?> lake, Instant cut) throws IOException {
        return lake.visible(deliveredBy(lake.layout(), cut));
    }

    private Instant deliveredBy(PartitionLayout layout, Instant cut) {
        Partition next = layout.partitionOf(cut);
        if (!next.start().equals(cut)) {
            throw new IllegalArgumentException(
                    "Invalid cut: %s (must be a boundary of partitions; the nearest are %s and %s)"
                            .formatted(cut, next.start(), next.end()));
        }
        Instant delivered = cut.plus(lag);
        if (delivered.isAfter(clock.instant())) {
            throw new IllegalArgumentException(
                    "Invalid cut: %s (records before it may be in Firehose's buffers until %s; take %s or an earlier one)"
                            .formatted(cut, delivered, newestCut(layout)));
        }
        return delivered;
    }

    Condition isSentBefore(Instant cut) {
        return Condition.column(eventTime).isLessThan(cut);
    }
}
