package io.tributary.serving.dynamo;

import static io.tributary.serving.dynamo.Attributes.number;
import static io.tributary.serving.dynamo.Attributes.text;

import io.tributary.serving.dynamo.Generation.Seat;
import io.tributary.view.SpeedStore.Checkpoint;
import io.tributary.view.SpeedStore.Commit;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.Start;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.View;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The one item that decides what readers see of a view. Every change is one conditional update: a reader
 * that gets the item has the state of all writers at one moment.
 */
final class ControlItem {
    /** Keeps an update expression within 4 KB. */
    private static final int PARTITIONS_PER_UPDATE = 40;
    /** Each takes 17 bytes of an item, which has at most 400 KB; the rest is for what is prepared and for layers. */
    static final int MOST_PARTITIONS = 15_000;
    /** Each takes up to 40 bytes. */
    static final int MOST_PUTS = 2_000;

    private final Requests requests;
    private final View<?> view;
    private final DynamoOptions options;
    private final Map<String, AttributeValue> key;

    ControlItem(Requests requests, View<?> view, DynamoOptions options) {
        this.requests = requests;
        this.view = view;
        this.options = options;
        this.key = ItemLayout.controlKey(view);
    }

    /** Which writer asks, and under which epoch. */
    record Claim(WriterId id, long epoch, Control control) {
        Claim with(Control newer) {
            return new Claim(id, epoch, newer);
        }

        long generation() {
            return control.generation().number();
        }
    }

    @Nullable
    Control read() {
        Map<String, AttributeValue> item = requests.send(
                "read view " + view.name(),
                () -> requests.client()
                        .getItem(b -> b.tableName(requests.table()).key(key).consistentRead(true))
                        .item());
        return item.isEmpty() ? null : checked(Control.parse(item));
    }

    private Control checked(Control control) {
        if (!control.definition().equals(view.definitionDigest())) {
            throw new IllegalStateException(
                    "Cannot use view %s in table %s: the slices there are of another definition of it (give the view another name)"
                            .formatted(view.name(), requests.table()));
        }
        return control;
    }

    private Control readOrCreate() {
        while (true) {
            Control known = read();
            if (known != null) {
                return known;
            }
            Map<String, AttributeValue> item = new TreeMap<>(key);
            item.put(Control.DEFINITION, text(view.definitionDigest()));
            item.put(Control.SHARDS, number(options.shards()));
            item.put(Control.EPOCH, number(0));
            item.put(Control.COMMITS, number(0));
            item.put(Control.PARTITIONS, AttributeValue.fromM(Map.of()));
            item.put(Control.LAYERS, AttributeValue.fromL(List.of()));
            item.putAll(Generation.none());
            try {
                requests.send(
                        "begin view " + view.name(),
                        () -> requests.client()
                                .putItem(b -> b.tableName(requests.table())
                                        .item(item)
                                        .conditionExpression("attribute_not_exists(" + ItemLayout.PK + ")")));
            } catch (ConditionalCheckFailedException e) {
                requests.pause("begin view " + view.name(), 1); // another one was faster
            }
        }
    }

    /** Takes the place of a writer, in the generation at hand or in a new one. */
    Claim open(WriterId id, Start start, String owner, InstantSource clock) {
        for (int attempt = 1; ; attempt++) {
            Control known = resumed(start, clock);
            Generation generation = known.generation();
            @Nullable Seat taken = generation.seats().get(id.index());
            if (taken != null && taken.owner().equals(owner)) {
                return new Claim(id, taken.epoch(), known); // by a request whose answer was lost
            }
            Seat seat = new Seat(owner, known.epoch() + 1);
            Update update = unchangedSince(known);
            update.set(update.path(Control.EPOCH), number(seat.epoch()));
            if (generation.isJoinedBy(id, start) && !known.hasBegun()) {
                Generation.join(update, id.index(), seat);
            } else {
                Generation.begin(update, id, start, seat);
                removePrepared(update, known.prepared());
            }
            try {
                return new Claim(id, seat.epoch(), send(update));
            } catch (ConditionalCheckFailedException e) {
                requests.pause("open a writer of view " + view.name(), attempt);
            }
        }
    }

    /** Commits what is resumed, if its writers have prepared it and then ended before one of them committed it. */
    private Control resumed(Start start, InstantSource clock) {
        while (true) {
            Control known = readOrCreate();
            if (start.resumed().isEmpty()) {
                return known;
            }
            Checkpoint checkpoint = start.resumed().get();
            if (checkpoint.generation() != known.generation().number()
                    || known.isCommitted(checkpoint.number())
                    || !known.isPrepared(checkpoint.number())) {
                return known;
            }
            commit(known, new Commit(checkpoint.number(), clock.instant()));
        }
    }

    /** No writer was opened and nothing was committed. */
    private static Update unchangedSince(Control known) {
        Update update = new Update();
        return update.onlyIf(update.path(Control.EPOCH) + " = " + update.value(number(known.epoch())))
                .onlyIf(update.path(Control.COMMITS) + " = " + update.value(number(known.commits())));
    }

    private static void removePrepared(Update update, NavigableMap<Long, Map<Long, Puts>> prepared) {
        prepared.keySet().forEach(checkpoint -> update.remove(update.path(Control.prepared(checkpoint))));
    }

    /**
     * Makes partitions known to readers, and gives the time at which each expires.
     *
     * @throws IllegalStateException when the item would have more of them than it can hold
     */
    Claim register(Claim claim, Collection<Instant> partitions, Instant now) {
        Claim known = claim.with(forgetExpired(claim.control(), now));
        int count = known.control().partitions().size() + partitions.size();
        if (count > MOST_PARTITIONS) {
            throw new IllegalStateException(
                    "Cannot keep %d ingest partitions of view %s in table %s (at most %d; forget those that batch views cover, or shorten timeToLive)"
                            .formatted(count, view.name(), requests.table(), MOST_PARTITIONS));
        }
        Instant expires = now.plus(options.timeToLive()).truncatedTo(ChronoUnit.SECONDS);
        for (List<Instant> some : chunks(partitions)) {
            Update update = fenced(claim);
            for (Instant partition : some) {
                update.setIfAbsent(update.path(Control.PARTITIONS, Attributes.seconds(partition)), number(expires));
            }
            known = claim.with(sendFenced(update, claim));
        }
        return known;
    }

    /** The item would grow for ever with the partitions that nobody forgets. */
    private Control forgetExpired(Control known, Instant now) {
        Instant before = known.forgottenBefore(now);
        if (!before.isAfter(known.forgotten())) {
            return known;
        }
        Control forgotten = forget(before);
        return drop(forgotten.partitions().headMap(before).keySet(), forgotten);
    }

    Claim prepare(Claim claim, long checkpoint, Puts puts) {
        Update update = fenced(claim);
        update.add(update.path(Control.prepared(checkpoint)), Puts.toAttribute(List.of(puts)));
        return claim.with(sendFenced(update, claim));
    }

    /** Shows readers what all writers of a generation have prepared. */
    Claim commit(Claim claim, long checkpoint, InstantSource clock) {
        while (true) {
            Control known = readOrCreate();
            if (known.generation().number() != claim.generation()) {
                throw new StaleWriterException(view, claim.id());
            }
            if (known.isCommitted(checkpoint)) {
                return claim.with(known);
            }
            if (!known.isPrepared(checkpoint)) {
                throw new IllegalStateException(
                        "Cannot commit checkpoint %d of view %s: %d of %d writers have prepared it (commit it when all have)"
                                .formatted(
                                        checkpoint,
                                        view.name(),
                                        known.preparedBy(checkpoint),
                                        known.generation().count()));
            }
            commit(known, new Commit(checkpoint, clock.instant()));
        }
    }

    private void commit(Control known, Commit commit) {
        List<Layer> layers = known.layersWith(commit);
        int puts = layers.stream().mapToInt(layer -> layer.shown().size()).sum();
        if (layers.size() > 1 && puts > MOST_PUTS) {
            throw new IllegalStateException(
                    "Cannot commit checkpoint %d of view %s in table %s: %d restarts of %d writers stay to be read (at most %d writers in all; forget the partitions that batch views cover, or shorten timeToLive)"
                            .formatted(
                                    commit.checkpoint(),
                                    view.name(),
                                    requests.table(),
                                    layers.size() - 1,
                                    known.generation().count(),
                                    MOST_PUTS));
        }
        Update update = unchangedSince(known);
        update.set(update.path(Control.COMMITS), number(known.commits() + 1))
                .set(
                        update.path(Control.LAYERS),
                        AttributeValue.fromL(
                                layers.stream().map(Layer::toAttribute).toList()));
        removePrepared(update, known.prepared().headMap(commit.checkpoint(), true));
        try {
            send(update);
        } catch (ConditionalCheckFailedException e) {
            requests.pause("commit view " + view.name(), 1); // another one was faster
        }
    }

    private static Update fenced(Claim claim) {
        Update update = new Update();
        return update.onlyIf(Generation.holds(update, claim.id().index(), claim.epoch()));
    }

    private Control sendFenced(Update update, Claim claim) {
        try {
            return send(update);
        } catch (ConditionalCheckFailedException e) {
            throw new StaleWriterException(view, claim.id());
        }
    }

    /** Hides the partitions before an instant, unless more are hidden already. */
    Control forget(Instant before) {
        Control known = readOrCreate();
        Update update = new Update();
        String forgotten = update.path(Control.FORGOTTEN);
        update.set(forgotten, number(before))
                .onlyIf("attribute_not_exists(%s) OR %s < %s"
                        .formatted(forgotten, forgotten, update.value(number(before))));
        try {
            return send(update);
        } catch (ConditionalCheckFailedException e) {
            return known;
        }
    }

    /** Drops partitions whose items are deleted, or are about to expire. */
    Control drop(Collection<Instant> partitions, Control known) {
        Control now = known;
        for (List<Instant> some : chunks(partitions)) {
            Update update = new Update();
            some.forEach(partition -> update.remove(update.path(Control.PARTITIONS, Attributes.seconds(partition))));
            now = send(update);
        }
        return now;
    }

    private static List<List<Instant>> chunks(Collection<Instant> partitions) {
        List<Instant> all = List.copyOf(partitions);
        List<List<Instant>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += PARTITIONS_PER_UPDATE) {
            chunks.add(all.subList(i, Math.min(all.size(), i + PARTITIONS_PER_UPDATE)));
        }
        return chunks;
    }

    private Control send(Update update) {
        return Control.parse(requests.send(
                "update view " + view.name(),
                () -> requests.client()
                        .updateItem(update.request(requests.table(), key))
                        .attributes()));
    }
}
