package io.tributary.serving.dynamo;

import static io.tributary.serving.dynamo.Attributes.longOf;
import static io.tributary.serving.dynamo.Attributes.required;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the control item of a view says: which writers there are, which of their puts readers may see, which
 * partitions there are, and before when they are forgotten.
 *
 * @param definition of the view
 * @param shards over how many keys each partition is spread
 * @param epoch the last one given to a writer
 * @param count how many writers there are
 * @param forgotten the partitions before it are forgotten
 * @param partitions when each expires, by its start
 * @param writers by index
 */
record Control(
        String definition,
        int shards,
        long epoch,
        int count,
        Instant forgotten,
        NavigableMap<Instant, Instant> partitions,
        Map<Integer, Seat> writers) {
    static final String DEFINITION = "definition";
    static final String SHARDS = "shards";
    static final String EPOCH = "epoch";
    static final String COUNT = "writers";
    static final String FORGOTTEN = "forgotten";
    static final String PARTITIONS = "partitions";
    static final String PUTS = "puts";
    static final String NEWEST = "newest";
    static final String EARLIER = "earlier";
    static final String OWNER = "owner";
    private static final String WRITER = "writer-";

    /**
     * Puts that readers may see.
     *
     * @param count the puts of an epoch from the first to this one
     * @param newest no partition that they wrote starts after it
     */
    record Puts(long count, Instant newest) {
        AttributeValue toAttribute() {
            return AttributeValue.fromM(Map.of(PUTS, Attributes.number(count), NEWEST, Attributes.number(newest)));
        }
    }

    /**
     * The place of a writer.
     *
     * @param owner the writer that has it
     * @param epoch of its puts
     * @param puts how many it has made
     * @param newest the start of the newest partition ever written from here
     * @param earlier the puts of earlier epochs, as far as their partitions are not forgotten
     */
    record Seat(
            String owner, long epoch, long puts, @Nullable Instant newest, Map<Long, Puts> earlier) {
        static Seat parse(Map<String, AttributeValue> item) {
            Map<Long, Puts> earlier = new HashMap<>();
            required(item, EARLIER)
                    .m()
                    .forEach((epoch, puts) -> earlier.put(
                            Long.parseLong(epoch),
                            new Puts(
                                    longOf(puts.m(), PUTS),
                                    Attributes.instant(
                                            required(puts.m(), NEWEST).n()))));
            @Nullable AttributeValue newest = item.get(NEWEST);
            return new Seat(
                    required(item, OWNER).s(),
                    longOf(item, EPOCH),
                    longOf(item, PUTS),
                    newest == null ? null : Attributes.instant(newest.n()),
                    earlier);
        }

        AttributeValue toAttribute() {
            Map<String, AttributeValue> kept = new TreeMap<>();
            earlier.forEach((of, done) -> kept.put(Long.toString(of), done.toAttribute()));
            Map<String, AttributeValue> item = new TreeMap<>();
            item.put(OWNER, Attributes.text(owner));
            item.put(EPOCH, Attributes.number(epoch));
            item.put(PUTS, Attributes.number(puts));
            item.put(EARLIER, AttributeValue.fromM(kept));
            if (newest != null) {
                item.put(NEWEST, Attributes.number(newest));
            }
            return AttributeValue.fromM(item);
        }

        /** This place with a new epoch. */
        Seat taken(String newOwner, long newEpoch, Instant forgotten) {
            Map<Long, Puts> kept = new TreeMap<>(earlier);
            if (newest != null) {
                kept.put(epoch, new Puts(puts, newest));
            }
            kept.values().removeIf(done -> done.newest().isBefore(forgotten) || done.count() == 0);
            return new Seat(newOwner, newEpoch, 0, newest, kept);
        }
    }

    static String writer(int index) {
        return WRITER + index;
    }

    static Control parse(Map<String, AttributeValue> item) {
        NavigableMap<Instant, Instant> partitions = new TreeMap<>();
        required(item, PARTITIONS)
                .m()
                .forEach(
                        (start, expires) -> partitions.put(Attributes.instant(start), Attributes.instant(expires.n())));
        Map<Integer, Seat> writers = new TreeMap<>();
        item.forEach((name, value) -> {
            if (name.startsWith(WRITER)) {
                writers.put(Integer.parseInt(name.substring(WRITER.length())), Seat.parse(value.m()));
            }
        });
        @Nullable AttributeValue forgotten = item.get(FORGOTTEN);
        return new Control(
                required(item, DEFINITION).s(),
                (int) longOf(item, SHARDS),
                longOf(item, EPOCH),
                (int) longOf(item, COUNT),
                forgotten == null ? Instant.MIN : Attributes.instant(forgotten.n()),
                partitions,
                writers);
    }

    /** The visible puts by epoch. */
    Map<Long, Long> visible() {
        Map<Long, Long> visible = new HashMap<>();
        for (Seat seat : writers.values()) {
            visible.put(seat.epoch(), seat.puts());
            seat.earlier().forEach((of, puts) -> visible.put(of, puts.count()));
        }
        return visible;
    }

    Optional<Instant> newest() {
        return writers.values().stream()
                .map(Seat::newest)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /** What is no longer kept: what somebody forgot, and up to the last partition that has expired. */
    Instant forgottenBefore(Instant now) {
        Instant before = forgotten;
        for (Map.Entry<Instant, Instant> partition : partitions.entrySet()) {
            Instant start = partition.getKey();
            if (!partition.getValue().isAfter(now) && !start.isBefore(before)) {
                before = start.plusNanos(1);
            }
        }
        return before;
    }
}
