package io.tributary.serving.dynamo;

import static io.tributary.serving.dynamo.Attributes.number;
import static io.tributary.serving.dynamo.Attributes.text;

import io.tributary.serving.dynamo.Control.Seat;
import io.tributary.view.SpeedStore.StaleWriterException;
import io.tributary.view.SpeedStore.WriterId;
import io.tributary.view.View;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    record Claim(WriterId id, String owner, long epoch, Control control) {
        Claim with(Control newer) {
            return new Claim(id, owner, epoch, newer);
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
        if (!control.definition().equals(ItemLayout.digest(view))) {
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
            item.put(Control.DEFINITION, text(ItemLayout.digest(view)));
            item.put(Control.SHARDS, number(options.shards()));
            item.put(Control.EPOCH, number(0));
            item.put(Control.COUNT, number(0));
            item.put(Control.PARTITIONS, AttributeValue.fromM(Map.of()));
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

    /** Takes the place of a writer from whoever has it. */
    Claim claim(WriterId id, String owner) {
        return claim(id, owner, false);
    }

    /** Takes a new epoch, so that what the last one left unfinished never becomes visible. */
    Claim renew(Claim claim) {
        return claim(claim.id(), claim.owner(), true);
    }

    private Claim claim(WriterId id, String owner, boolean again) {
        for (int attempt = 1; ; attempt++) {
            Control known = readOrCreate();
            Seat seat = known.writers().get(id.index());
            if (again && (seat == null || !seat.owner().equals(owner) || id.index() >= known.count())) {
                throw new StaleWriterException(view, id);
            }
            long epoch = known.epoch() + 1;
            Seat empty = seat == null ? new Seat(owner, 0, 0, null, Map.of()) : seat;
            Update update = new Update();
            String place = update.path(Control.writer(id.index()));
            update.set(update.path(Control.EPOCH), number(epoch))
                    .set(update.path(Control.COUNT), number(again ? known.count() : id.count()))
                    .set(place, empty.taken(owner, epoch, known.forgotten()).toAttribute())
                    .onlyIf(update.path(Control.EPOCH) + " = " + update.value(number(known.epoch())))
                    .onlyIf(
                            seat == null
                                    ? "attribute_not_exists(%s)".formatted(place)
                                    : place + "." + update.path(Control.PUTS) + " = "
                                            + update.value(number(seat.puts())));
            try {
                return new Claim(id, owner, epoch, send(update));
            } catch (ConditionalCheckFailedException e) {
                // Another writer of the view was opened, or this one's place put something.
                requests.pause("open a writer of view " + view.name(), attempt);
            }
        }
    }

    /** Makes partitions known to readers, and gives the time at which each expires. */
    Claim register(Claim claim, Collection<Instant> partitions, Instant now) {
        Claim known = claim;
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

    /** Shows readers the puts of a writer up to one. */
    Claim show(Claim claim, long put, Instant newest) {
        Update update = fenced(claim);
        String place = update.path(Control.writer(claim.id().index()));
        String puts = place + "." + update.path(Control.PUTS);
        String count = update.value(number(put));
        update.set(place + "." + update.path(Control.NEWEST), number(newest))
                .set(puts, number(put))
                .onlyIf(puts + " <= " + count);
        return claim.with(sendFenced(update, claim));
    }

    private static Update fenced(Claim claim) {
        Update update = new Update();
        return update.onlyIf(update.path(Control.writer(claim.id().index()), Control.EPOCH) + " = "
                        + update.value(number(claim.epoch())))
                .onlyIf(update.path(Control.COUNT) + " > "
                        + update.value(number(claim.id().index())));
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

    /** Drops partitions whose items are deleted. */
    void drop(Collection<Instant> partitions) {
        for (List<Instant> some : chunks(partitions)) {
            Update update = new Update();
            some.forEach(partition -> update.remove(update.path(Control.PARTITIONS, Attributes.seconds(partition))));
            send(update);
        }
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
