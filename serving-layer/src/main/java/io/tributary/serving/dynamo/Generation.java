package io.tributary.serving.dynamo;

import static io.tributary.serving.dynamo.Attributes.longOf;
import static io.tributary.serving.dynamo.Attributes.required;
import static io.tributary.serving.dynamo.Attributes.text;

import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.WriterId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The writers that started together.
 *
 * @param number the epoch of the first of them; 0 before the first generation
 * @param run what they have in common
 * @param count how many there are to be
 * @param first the partitions from it on they put as a whole
 * @param seats those that there are, by index
 */
record Generation(long number, String run, int count, Instant first, Map<Integer, Seat> seats) {
    private static final String NUMBER = "generation";
    private static final String RUN = "run";
    private static final String COUNT = "writers";
    private static final String FIRST = "first";
    private static final String SEATS = "seats";
    private static final String OWNER = "owner";
    private static final String EPOCH = "epoch";

    /**
     * The place of a writer.
     *
     * @param owner the writer that has it
     * @param epoch of its puts
     */
    record Seat(String owner, long epoch) {
        AttributeValue toAttribute() {
            return AttributeValue.fromM(Map.of(OWNER, text(owner), EPOCH, Attributes.number(epoch)));
        }
    }

    static Generation parse(Map<String, AttributeValue> item) {
        Map<Integer, Seat> seats = new TreeMap<>();
        required(item, SEATS)
                .m()
                .forEach((index, seat) -> seats.put(
                        Integer.parseInt(index),
                        new Seat(required(seat.m(), OWNER).s(), longOf(seat.m(), EPOCH))));
        return new Generation(
                longOf(item, NUMBER),
                required(item, RUN).s(),
                (int) longOf(item, COUNT),
                Attributes.instant(required(item, FIRST).n()),
                seats);
    }

    /** What the item of a view says before there is a writer. */
    static Map<String, AttributeValue> none() {
        return Map.of(
                NUMBER, Attributes.number(0),
                RUN, text(""),
                COUNT, Attributes.number(0),
                FIRST, Attributes.number(Instant.MIN),
                SEATS, AttributeValue.fromM(Map.of()));
    }

    boolean isJoinedBy(WriterId id, Start start) {
        return number > 0 && run.equals(start.run()) && count == id.count();
    }

    Set<Long> epochs() {
        return seats.values().stream().map(Seat::epoch).collect(Collectors.toUnmodifiableSet());
    }

    static void join(Update update, int index, Seat seat) {
        update.set(update.path(SEATS, Integer.toString(index)), seat.toAttribute());
    }

    static void begin(Update update, WriterId id, Start start, Seat seat) {
        update.set(update.path(NUMBER), Attributes.number(seat.epoch()))
                .set(update.path(RUN), text(start.run()))
                .set(update.path(COUNT), Attributes.number(id.count()))
                .set(update.path(FIRST), Attributes.number(start.first()))
                .set(
                        update.path(SEATS),
                        AttributeValue.fromM(Map.of(Integer.toString(id.index()), seat.toAttribute())));
    }

    /** The condition that a writer was not replaced. */
    static String holds(Update update, int index, long epoch) {
        return update.path(SEATS, Integer.toString(index), EPOCH) + " = " + update.value(Attributes.number(epoch));
    }
}
